extension TableDiff {
    /// Changed and removed alerts in the order of the old table, then added ones in that of the new.
    static func alertChanges(
        from old: [AlertDescription], to new: [AlertDescription]
    ) -> [AlertChange] {
        let changes = old.compactMap { alert -> AlertChange? in
            let other = new.first { $0.name == alert.name }
            if let other, other.isSame(as: alert) { return nil }
            return AlertChange(
                name: alert.name, old: alert.text, new: other.map(\.text) ?? "none")
        }
        let added = new.filter { alert in !old.contains { $0.name == alert.name } }
        return changes + added.map { AlertChange(name: $0.name, old: "none", new: $0.text) }
    }
}

extension AlertDescription {
    /// All but its name and its place: `metric=connections above=5 …`.
    fileprivate var text: String {
        DumpValue.line(of: dump.filter { $0.name != "name" && $0.name != "place" })
    }
}

extension TableDiff {
    /// Changed and removed alerts in the order of the old table, then added ones in that of the new.
    static func alertChanges(
        from old: [AlertDescription], to new: [AlertDescription]
    ) -> [AlertChange] {
        let changes = old.compactMap { alert -> AlertChange? in
            let other = new.first { $0.name == alert.name }
            if let other, other.isSame(as: alert) { return nil }
            return AlertChange(
                name: alert.name, old: alert.text,
                new: other.map { $0.text(after: alert) } ?? "none")
        }
        let added = new.filter { alert in !old.contains { $0.name == alert.name } }
        return changes + added.map { AlertChange(name: $0.name, old: "none", new: $0.text) }
    }
}

extension AlertDescription {
    /// What is said of it and concerns its metric, but for its name and its place: `metric=connections above=5 …`. Who
    /// knows the path of a webhook may often send to it.
    fileprivate var text: String {
        var hidden: Set = ["name", "place", "webhook"]
        if metric != .latency { hidden.insert("quantile") }
        if metric == .connections { hidden.insert("window_ms") }
        let shown = dump.filter { !hidden.contains($0.name) }
        return DumpValue.line(of: shown + [("webhook", DumpValue(webhook?.service))])
    }

    fileprivate func text(after old: AlertDescription) -> String {
        guard let path = webhook?.path, let oldPath = old.webhook?.path, path != oldPath else {
            return text
        }
        return text + " with another webhook path"
    }
}

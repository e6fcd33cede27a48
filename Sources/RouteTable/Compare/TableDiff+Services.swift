extension TableDiff {
    /// A service without what is a number of its own table.
    private struct ComparedService: Equatable {
        var name: String
        var settings: ServiceDescription
        var fallback: FallbackDescription

        /// - Parameter index: Place of the service in its table.
        init(_ service: ServiceDescription, at index: UInt32, in table: borrowing LoadedTable) {
            name = service.name
            settings = service
            settings.policy.fallback = nil
            settings.policy.fallbackAnswer = nil
            settings.policy.lastGood = nil
            fallback = table.fallbackDescription(ofService: index)
        }

        var endpointsText: String {
            settings.endpoints.map {
                $0.text + $0.basePath + ($0.weight == 1 ? "" : " (weight \($0.weight))")
            }.joined(separator: ", ")
        }
    }

    /// Changed and removed services in the order of the old table, then added ones in that of the new.
    static func serviceChanges(
        from old: borrowing LoadedTable, to new: borrowing LoadedTable
    ) -> [ServiceChange] {
        let before = services(of: old)
        let after = services(of: new)
        // Some tables have thousands.
        let known = Dictionary(before.map { ($0.name, $0) }) { first, _ in first }
        let kept = Dictionary(after.map { ($0.name, $0) }) { first, _ in first }
        let changes = before.compactMap { service in
            guard let other = kept[service.name] else {
                return ServiceChange(name: service.name, old: service.endpointsText, new: "none")
            }
            return change(from: service, to: other)
        }
        let added = after.filter { known[$0.name] == nil }.map {
            ServiceChange(name: $0.name, old: "none", new: $0.endpointsText)
        }
        return changes + added
    }

    private static func services(of table: borrowing LoadedTable) -> [ComparedService] {
        var services: [ComparedService] = []
        for (index, service) in table.services().enumerated() {
            services.append(ComparedService(service, at: UInt32(index), in: table))
        }
        return services
    }

    /// Nil if they are the same.
    private static func change(
        from old: ComparedService, to new: ComparedService
    ) -> ServiceChange? {
        guard old != new else { return nil }
        var settings = new.settings
        settings.endpoints = old.settings.endpoints
        var others: [String] = []
        if settings != old.settings { others.append("other settings") }
        if new.fallback != old.fallback { others.append("another fallback") }
        let text = new.endpointsText
        if others.isEmpty, text == old.endpointsText { others.append("other settings") }
        return ServiceChange(
            name: new.name, old: old.endpointsText,
            new: others.isEmpty ? text : "\(text) with \(others.joined(separator: " and "))")
    }
}

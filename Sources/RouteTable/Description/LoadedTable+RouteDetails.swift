import TableFormat

extension LoadedTable {
    /// What few routes have; of the others it says that they have nothing of it.
    func details(of source: RouteSourceRecord) -> RouteDetailsRecord {
        guard source.details != .none else { return RouteDetailsRecord() }
        return view.record(RouteDetailsRecord.self, .routeDetails, at: source.details)
    }
}

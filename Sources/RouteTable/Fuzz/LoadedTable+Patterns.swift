import TableFormat

extension LoadedTable {
    /// The patterns of all host rules as they were written. For fuzzing.
    package func hostPatterns() -> [String] {
        (0..<UInt32(view.count(of: .hostSources))).map { index in
            string(view.record(HostSourceRecord.self, .hostSources, at: index).pattern)
        }
    }

    /// The patterns of the first routes as they were written. For fuzzing.
    package func routePatterns(countMax: Int) -> [String] {
        (0..<UInt32(min(routeCount, countMax))).map { index in
            string(source(of: RouteIndex(index)).pattern)
        }
    }
}

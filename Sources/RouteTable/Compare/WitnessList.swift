import TableFormat

/// A request for each route of a table.
package enum WitnessList {
    /// In the order of the table: by host, best route first.
    package static func all(
        of table: borrowing LoadedTable
    ) -> [(route: RouteCoverage.Route, witness: Witness)] {
        var finder = WitnessFinder(for: table)
        var list: [(route: RouteCoverage.Route, witness: Witness)] = []
        for hostIndex in 0..<table.recordCount(of: .hosts) {
            for index in table.hostDescription(hostIndex).routes {
                let witness = finder.witness(
                    of: RouteIndex(UInt32(index)), hostIndex: hostIndex, in: table)
                list.append((RouteCoverage.route(index, in: table), witness))
            }
        }
        return list
    }
}

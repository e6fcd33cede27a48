import TableFormat

/// Requests for a table: one that each route takes, and such as no rule takes.
package struct BenchTraffic: Sendable {
    private static let seed: UInt64 = 2

    package private(set) var hits = BenchRequests()
    package private(set) var misses = BenchRequests()
    /// Routes for which no request was found.
    package private(set) var missingCount = 0

    /// - Complexity: linear in the routes; a route whose pattern does not show what it takes costs up to
    ///   some hundred matches.
    package init(for table: borrowing LoadedTable) {
        var finder = WitnessFinder(for: table)
        var found: [DescribedRequest] = []
        for hostIndex in 0..<table.recordCount(of: .hosts) {
            for index in table.hostDescription(hostIndex).routes {
                let witness = finder.witness(
                    of: RouteIndex(UInt32(index)), hostIndex: hostIndex, in: table)
                if let request = witness.request {
                    found.append(request)
                } else {
                    missingCount += 1
                }
            }
        }
        var numbers = BenchNumbers(seed: Self.seed)
        found.shuffle(using: &numbers)
        for request in found {
            hits.append(request)
            if let miss = Self.miss(near: request, finder: &finder, in: table) {
                misses.append(miss)
            }
        }
    }

    /// A request as like as possible to `request` that no rule takes.
    private static func miss(
        near request: DescribedRequest, finder: inout WitnessFinder,
        in table: borrowing LoadedTable
    ) -> DescribedRequest? {
        let lastSlash = request.path.lastIndex(of: "/") ?? request.path.startIndex
        let behindFirst = request.path.dropFirst().drop { $0 != "/" }
        let paths = ["\(request.path[..<lastSlash])/~missing", "/~missing\(behindFirst)"]
        for path in paths {
            var miss = request
            miss.path = path
            if finder.isMiss(miss, in: table) { return miss }
        }
        var miss = request
        miss.host = "missing." + request.host
        if finder.isMiss(miss, in: table) { return miss }
        miss.host = "missing.invalid"
        return finder.isMiss(miss, in: table) ? miss : nil
    }
}

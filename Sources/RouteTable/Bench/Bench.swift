/// Measures how long matching takes: canonicalisation of host and path, and the search for the route,
/// as the proxy does it for each request.
package struct Bench: ~Copyable {
    private var matcher: Matcher
    private var batch = BenchBatch()
    private var flush: CacheFlush
    private let clock = BenchClock()
    private let settings: BenchSettings

    /// - Parameter table: The only table that may be passed to the other methods.
    package init(for table: borrowing LoadedTable, _ settings: BenchSettings) {
        matcher = Matcher(for: table)
        flush = CacheFlush(isNeeded: settings.isCold)
        self.settings = settings
    }

    /// Measures one kind of traffic.
    ///
    /// - Parameter allocationCount: How often memory was taken so far; nil where nothing counts it.
    package mutating func run(
        _ requests: BenchRequests, in table: borrowing LoadedTable, allocationCount: () -> Int?
    ) -> BenchFigures {
        var figures = BenchFigures()
        figures.requestCount = requests.count
        guard requests.count > 0 else { return figures }
        let all = (0..<UInt32(requests.count)).map { $0 }
        // The first time regexes are compiled and the batch takes its memory; the second is counted.
        _ = pass(requests, all, in: table)
        let before = allocationCount()
        _ = pass(requests, all, in: table)
        if let before, let after = allocationCount() { figures.allocationCount = after - before }
        let order = BenchOrder.make(
            settings.distribution, requestCount: requests.count, count: settings.matchCount)
        measure(requests, order, in: table, &figures)
        return figures
    }

    /// Matches the requests in their order, untimed.
    private mutating func pass(
        _ requests: BenchRequests, _ order: [UInt32], in table: borrowing LoadedTable
    ) -> Int {
        var takenCount = 0
        var start = 0
        while start < order.count {
            let end = min(start + BenchSettings.batchSize, order.count)
            batch.fill(from: requests, order, start..<end)
            takenCount += batch.match(with: &matcher, in: table)
            start = end
        }
        return takenCount
    }

    private mutating func measure(
        _ requests: BenchRequests, _ order: [UInt32], in table: borrowing LoadedTable,
        _ figures: inout BenchFigures
    ) {
        let size = BenchSettings.batchSize
        // A shorter last batch would weigh as much as the others.
        let batchCount = max(order.count / size, 1)
        var times = [Double](repeating: 0, count: batchCount)
        for index in 0..<batchCount {
            let range = (index * size)..<min((index + 1) * size, order.count)
            if settings.isCold { flush.run() }
            batch.fill(from: requests, order, range)
            let start = BenchClock.now()
            figures.takenCount += batch.match(with: &matcher, in: table)
            times[index] = Double(clock.elapsed(since: start)) / Double(range.count)
            figures.matchCount += range.count
        }
        figures.set(times)
    }
}

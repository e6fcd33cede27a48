/// What was measured of one kind of traffic.
package struct BenchFigures: Sendable {
    /// Different requests.
    package var requestCount = 0
    /// Matches that were timed.
    package var matchCount = 0
    /// Of them, those that a rule took.
    package var takenCount = 0
    /// Percentiles of the mean times of the batches, in nanoseconds for one match.
    package var p50 = 0.0
    package var p99 = 0.0
    package var mean = 0.0
    /// Calls that gave memory while each request was matched once; nil where nothing counts them.
    package var allocationCount: Int?

    /// Nothing was measured yet.
    package init() {}

    /// Of all batches.
    package var matchesPerSecond: Int { mean > 0 ? Int(1e9 / mean) : 0 }

    /// - Parameter times: The mean times of the batches.
    mutating func set(_ times: [Double]) {
        let sorted = times.sorted()
        guard !sorted.isEmpty else { return }
        p50 = sorted[sorted.count / 2]
        p99 = sorted[min(sorted.count * 99 / 100, sorted.count - 1)]
        mean = sorted.reduce(0, +) / Double(sorted.count)
    }
}

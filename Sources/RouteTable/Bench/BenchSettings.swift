/// How the matcher is measured.
package struct BenchSettings: Sendable {
    /// Which request comes how often.
    package enum Distribution: String, Sendable {
        /// All alike.
        case uniform
        /// The request of rank *r* has the weight 1/*r*.
        case zipf
        /// One after another, again and again: a log.
        case inOrder = "log"
    }

    package var distribution: Distribution
    /// The caches are emptied before each batch.
    package var isCold: Bool
    /// Number of matches that are timed.
    package var matchCount: Int

    package init(distribution: Distribution, isCold: Bool, matchCount: Int) {
        self.distribution = distribution
        self.isCold = isCold
        self.matchCount = matchCount
    }

    /// Requests that are timed together: few enough that a slow match is seen in the tail, enough
    /// that the clock does not count.
    package static let batchSize = 32
}

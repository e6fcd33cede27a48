/// How many attempts may be made a second time: a share of the requests, and a few each second. When
/// everything fails, retries must not double the load.
package struct RetryBudget: BitwiseCopyable, Sendable {
    /// One retry costs this much; each request earns 1, so a fifth of them may be repeated.
    private static let cost: UInt64 = 5
    /// Earned each second without any request: ten retries.
    private static let earnedPerSecond: UInt64 = 50
    /// What can be saved up: a hundred retries.
    private static let balanceMax: UInt64 = 500

    private var balance: UInt64
    private var earnedMilliseconds: MonotonicMilliseconds

    package init(now: MonotonicMilliseconds) {
        balance = Self.earnedPerSecond
        earnedMilliseconds = now
    }

    /// A request begins.
    package mutating func noteRequest() {
        balance = min(Self.balanceMax, balance + 1)
    }

    /// Takes a retry out of the budget.
    ///
    /// - Returns: Whether there was one.
    package mutating func take(now: MonotonicMilliseconds) -> Bool {
        let seconds = now > earnedMilliseconds ? (now - earnedMilliseconds) / 1_000 : 0
        if seconds > 0 {
            balance = min(
                Self.balanceMax, balance + min(seconds, 10) * Self.earnedPerSecond)
            earnedMilliseconds += seconds * 1_000
        }
        guard balance >= Self.cost else { return false }
        balance -= Self.cost
        return true
    }
}

package import RouteTable

/// The pauses between attempts: exponential, with full jitter, so that those who failed together do
/// not come back together.
package enum Backoff {
    /// The pause before an attempt.
    ///
    /// - Parameters:
    ///   - number: Counted from 1, the first after the original one.
    ///   - random: Decides how much of the longest pause it is.
    package static func milliseconds(
        before number: UInt32, _ retry: ServicePolicy.Retry, random: inout RandomBits
    ) -> UInt64 {
        let doublings = UInt64(min(number - 1, 20))
        let longest = min(
            UInt64(retry.backoffMilliseconds) << doublings,
            UInt64(retry.backoffMillisecondsMax))
        return random.next(below: longest + 1)
    }
}

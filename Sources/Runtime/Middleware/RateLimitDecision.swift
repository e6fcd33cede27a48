/// What counting says of one request.
package struct RateLimitDecision: Equatable, Sendable {
    package var isAdmitted: Bool
    /// Requests that may come at once after this one.
    package var remaining: UInt64
    /// Nanoseconds until the next request is admitted if none is now, else until all of them may come at once
    /// again.
    package var resetNanoseconds: UInt64
}

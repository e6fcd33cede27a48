/// What `Retry-After` says where no backend is left.
package enum RetryAfter {
    /// Whole seconds, one at least, that end no later than the moment when somebody may be there again: who comes a
    /// little too early is told again.
    ///
    /// - Parameter moment: nil: nobody knows.
    package static func seconds(
        until moment: MonotonicMilliseconds?, now: MonotonicMilliseconds
    ) -> UInt32 {
        guard let moment, moment > now else { return Limits.retryAfterSecondsMin }
        let seconds = min((moment - now) / 1_000, Limits.retryAfterSecondsMax)
        return max(Limits.retryAfterSecondsMin, UInt32(seconds))
    }
}

/// `retry` of a service.
package struct RetryPolicy: Equatable, Sendable {
    /// What makes another attempt.
    package enum Trigger: Equatable, Sendable {
        case connectFailure
        case status(UInt16)
    }

    package var attempts: UInt32
    package var backoffMilliseconds: UInt32
    package var backoffMillisecondsMax: UInt32
    package var triggers: [Trigger]

    package init(
        attempts: UInt32,
        backoffMilliseconds: UInt32,
        backoffMillisecondsMax: UInt32,
        triggers: [Trigger]
    ) {
        self.attempts = attempts
        self.backoffMilliseconds = backoffMilliseconds
        self.backoffMillisecondsMax = backoffMillisecondsMax
        self.triggers = triggers
    }
}

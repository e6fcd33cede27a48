/// What an alert looks at, as it stands at one moment. Counts only grow; a gauge is as it is.
package enum AlertSample: Equatable, Sendable {
    /// What is open.
    case gauge(UInt64)
    /// Failures, and all that there was.
    case share(failed: UInt64, all: UInt64)
    /// How many took how long, by the buckets of a histogram in microseconds.
    case durations([UInt64])
}

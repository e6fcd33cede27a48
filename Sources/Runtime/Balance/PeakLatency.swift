import Glibc

/// How long an endpoint takes to answer: a moving average that rises at once and falls slowly, so
/// that one bad turn is noticed and then forgotten (the "peak EWMA" of Finagle).
package struct PeakLatency: BitwiseCopyable, Sendable {
    /// After this time an observation counts for a third.
    private static let decayMicroseconds = 10_000_000.0

    private var average = 0.0
    private var observedMicroseconds: UInt64 = 0

    package init() {}

    /// Whether nothing was observed yet.
    package var isUnknown: Bool { observedMicroseconds == 0 }

    /// An answer took so long.
    package mutating func observe(_ microseconds: UInt64, now: UInt64) {
        let sample = Double(microseconds)
        let share = isUnknown ? 0 : keptShare(now: now)
        average = sample > average ? sample : average * share + sample * (1 - share)
        observedMicroseconds = max(1, now)
    }

    /// The average as of the last observation.
    package var latestMicroseconds: UInt64 { UInt64(average) }

    /// The average as of now: what was long ago counts for less.
    package func value(now: UInt64) -> Double { average * keptShare(now: now) }

    private func keptShare(now: UInt64) -> Double {
        guard now > observedMicroseconds else { return 1 }
        return exp(-Double(now - observedMicroseconds) / Self.decayMicroseconds)
    }
}

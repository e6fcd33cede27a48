import Glibc

/// How long an endpoint takes to answer: a moving average that rises at once and falls slowly, so
/// that one bad turn is noticed and then forgotten (the "peak EWMA" of Finagle).
package struct PeakLatency: BitwiseCopyable, Sendable {
    /// After this time an observation counts for a third.
    private static let decayMicroseconds = 10_000_000.0

    /// What failures make an endpoint count for at the most, unless its answers take longer.
    private static let penaltyMicrosecondsMax = 1_000_000.0

    private var average = 0.0
    /// What it counts for after failures; 0 after a good answer.
    private var penalty = 0.0
    private var observedMicroseconds: UInt64 = 0

    package init() {}

    /// Whether nothing was observed yet.
    package var isUnknown: Bool { observedMicroseconds == 0 }

    /// An answer took so long.
    package mutating func observe(_ microseconds: UInt64, now: UInt64) {
        let sample = Double(microseconds)
        let share = isUnknown ? 0 : keptShare(now: now)
        average = sample > average ? sample : average * share + sample * (1 - share)
        penalty = 0
        observedMicroseconds = max(1, now)
    }

    /// A request has failed, after so long. Failing is quick: it counts for twice as long each time, so that who fails
    /// is asked ever more seldom instead of being preferred.
    package mutating func fail(after microseconds: UInt64, now: UInt64) {
        let sample = Double(microseconds)
        // What was under way when the last one failed says nothing new.
        guard penalty == 0 || now >= observedMicroseconds + microseconds else {
            penalty = max(penalty, sample)
            return
        }
        penalty = min(
            2 * max(sample, average, penalty), max(sample, Self.penaltyMicrosecondsMax))
        observedMicroseconds = max(1, now)
    }

    /// The average as of the last observation.
    package var latestMicroseconds: UInt64 { UInt64(average) }

    /// What it counts for now: what was long ago counts for less.
    package func value(now: UInt64) -> Double { max(average, penalty) * keptShare(now: now) }

    private func keptShare(now: UInt64) -> Double {
        guard now > observedMicroseconds else { return 1 }
        return exp(-Double(now - observedMicroseconds) / Self.decayMicroseconds)
    }
}

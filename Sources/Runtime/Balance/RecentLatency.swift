/// How long an endpoint takes to answer: a moving average of its last few answers, and what failures make it count for.
///
/// One slow answer at most doubles the average, and each quicker one takes half of the difference back: a single peak
/// is no reason to leave an endpoint, two or three slow answers are. Nothing fades by itself; who was left alone for a
/// while is asked again instead.
package struct RecentLatency: BitwiseCopyable, Sendable {
    /// What failures make an endpoint count for at the most, unless they took longer.
    private static let penaltyMicrosecondsMax = 1_000_000.0
    /// An average that is older says little.
    private static let silenceMicroseconds: UInt64 = 1_000_000
    /// Who costs much is left alone for so many times of that, so that it is a small part of anybody's time.
    private static let silencePerCost = 4.0
    /// So long an answer is waited for before another request is sent to find out, and nobody is left alone for longer.
    private static let patienceMicroseconds: UInt64 = 10_000_000
    /// Differences of less than that decide little: no client notices them, and they say more about this machine.
    static let grainMicroseconds: UInt64 = 250

    /// 0 before the first good answer.
    private var average = 0.0
    /// What it counts for after failures; 0 after a good answer.
    private var penalty = 0.0
    private var observedMicroseconds: UInt64 = 0
    /// When an answer has last raised the average.
    private var raisedMicroseconds: UInt64 = 0
    /// When it was last picked.
    private var askedMicroseconds: UInt64 = 0

    package init() {}

    /// Whether nothing was observed yet.
    package var isUnknown: Bool { observedMicroseconds == 0 }

    /// An answer took so long.
    package mutating func observe(_ microseconds: UInt64, now: UInt64) {
        let sample = Double(max(1, microseconds))
        if average == 0 {
            average = sample
        } else if sample <= average {
            let isOld = now >= observedMicroseconds + Self.silenceMicroseconds
            average = isOld ? sample : (average + sample) / 2
        } else if now >= raisedMicroseconds + microseconds {
            // What was under way at the last rise says nothing new: one pause delays many answers.
            average = min(sample, 2 * average)
            raisedMicroseconds = now
        }
        // A slow answer is better than none, but not by more than it was quicker.
        average = max(average, min(sample, penalty))
        penalty = 0
        observedMicroseconds = max(1, now)
    }

    /// A request has failed, after so long. Failing is quick: it counts for twice as long each time, so that who fails
    /// is not preferred for that.
    package mutating func fail(after microseconds: UInt64, now: UInt64) {
        let sample = Double(max(Self.grainMicroseconds, microseconds))
        // What was under way when the last one failed says nothing new.
        guard penalty == 0 || now >= observedMicroseconds + microseconds else {
            penalty = max(penalty, sample)
            return
        }
        penalty = min(
            2 * max(sample, average, penalty), max(sample, Self.penaltyMicrosecondsMax))
        observedMicroseconds = max(1, now)
    }

    /// A request is sent there.
    package mutating func ask(now: UInt64) { askedMicroseconds = now }

    /// Whether nothing was heard of it for a while, and no request is about to change that.
    package func isSilent(isBusy: Bool, now: UInt64) -> Bool {
        let isAwaited = isBusy && askedMicroseconds > observedMicroseconds
        let pause =
            isAwaited
            ? Self.patienceMicroseconds
            : UInt64(
                min(
                    max(Double(Self.silenceMicroseconds), Self.silencePerCost * value),
                    Double(Self.patienceMicroseconds)))
        return now >= max(askedMicroseconds, observedMicroseconds) + pause
    }

    /// The average as of the last observation.
    package var latestMicroseconds: UInt64 { UInt64(average) }

    /// What it counts for.
    package var value: Double { max(average, penalty) }
}

/// Whether connections to an endpoint take longer than they should. While one does, nobody else waits for it: a host
/// that drops packets says nothing before `dial_timeout` is over.
///
///     well ──a dial is late──▶ suspected, until that dial is given up ──▶ one request dials ──▶ suspected again
///      ▲                                                                         │
///      └──────────── a dial connects, or fails at once ──────────────────────────┘
///
/// Belongs to one worker. Holds no clock.
package struct DialWatch: BitwiseCopyable, Sendable {
    /// What any dial may take before it counts as late: what another address is waited for (RFC 8305, 5).
    package static let patienceMillisecondsMin = Limits.connectionAttemptDelayMilliseconds
    /// The same where nobody knows yet how far away the endpoint is.
    package static let patienceMillisecondsIfUnknown: UInt64 = 500
    /// And the most: a packet that was lost is sent again after a second.
    package static let patienceMillisecondsMax = Limits.dialMillisecondsIfAwaited
    /// A dial is late that takes so many times as long as usual.
    private static let usualTimes: UInt64 = 3
    /// So long is nobody sent there at the most, however long a dial may take.
    package static let suspicionMillisecondsMax: UInt64 = 10_000

    /// How long connecting takes, as an average of the last few.
    private var usualMilliseconds: UInt32 = .max
    /// When the dial began that is late; 0 if none is.
    private var lateSince: MonotonicMilliseconds = 0
    private var suspectedUntil: MonotonicMilliseconds = 0

    package init() {}

    /// Whether requests had better go elsewhere.
    package func isSuspected(now: MonotonicMilliseconds) -> Bool { now < suspectedUntil }

    /// Whether even those had better go that would lose something by it.
    package func isGivenUp(now: MonotonicMilliseconds) -> Bool {
        isSuspected(now: now) && now >= lateSince + Self.patienceMillisecondsMax
    }

    /// How long a dial may take before it counts as late.
    package var patienceMilliseconds: UInt64 {
        guard usualMilliseconds != .max else { return Self.patienceMillisecondsIfUnknown }
        return min(
            max(Self.usualTimes * UInt64(usualMilliseconds), Self.patienceMillisecondsMin),
            Self.patienceMillisecondsMax)
    }

    /// A dial begins. Of those that come after a suspicion it is the one that finds out.
    ///
    /// - Parameter deadline: When it will be given up.
    package mutating func begin(now: MonotonicMilliseconds, deadline: MonotonicMilliseconds) {
        guard suspectedUntil > 0, now >= suspectedUntil else { return }
        suspectedUntil = min(deadline, now + Self.suspicionMillisecondsMax)
    }

    /// A dial is late.
    ///
    /// - Parameters:
    ///   - since: When it began.
    ///   - deadline: When it will be given up.
    /// - Returns: Whether that is news.
    package mutating func suspect(
        since: MonotonicMilliseconds, now: MonotonicMilliseconds, deadline: MonotonicMilliseconds
    ) -> Bool {
        let isNew = suspectedUntil == 0
        if isNew { lateSince = since }
        let until = min(deadline, now + Self.suspicionMillisecondsMax)
        suspectedUntil = max(suspectedUntil, until, 1)
        return isNew
    }

    /// A dial has connected.
    ///
    /// - Returns: Whether that ends a suspicion.
    package mutating func connected(after milliseconds: UInt64) -> Bool {
        let sample = UInt32(clamping: min(milliseconds, Self.patienceMillisecondsMax))
        if usualMilliseconds == .max {
            usualMilliseconds = sample
        } else {
            usualMilliseconds = (3 * usualMilliseconds + sample) / 4
        }
        return clear()
    }

    /// A dial has failed. Where that was said at once nobody has to wait.
    ///
    /// - Returns: Whether that ends a suspicion.
    package mutating func failed(after milliseconds: UInt64) -> Bool {
        milliseconds < patienceMilliseconds && clear()
    }

    private mutating func clear() -> Bool {
        guard suspectedUntil > 0 else { return false }
        suspectedUntil = 0
        lateSince = 0
        return true
    }
}

/// Decides when one name is asked for, and what its users are told. Holds no channel and no clock.
///
/// The first answer is wanted at once. Answers are refreshed when their time to live has passed; a
/// name that fails keeps its old addresses and is asked for again with growing pauses.
package struct NameResolution: Sendable {
    /// Answers are kept at least this long, whatever their time to live.
    static let freshMillisecondsMin: UInt64 = 1000
    /// Answers are kept at most this long.
    static let freshMillisecondsMax: UInt64 = 3_600_000
    /// How long an answer from the hosts file is kept: it has no time to live and costs no query.
    static let localMilliseconds: UInt64 = 30_000
    /// The first pause after a failure. Each further one is twice as long.
    static let pauseMillisecondsMin: UInt64 = 1000
    static let pauseMillisecondsMax: UInt64 = 60_000

    /// A query waits for the answers about both families. Where nothing is known and one of them takes so long, each is
    /// asked for by itself, and what comes first is used until all is there (RFC 8305, 3).
    static let partDelayMilliseconds: UInt64 = 100

    /// What the users of the name are to be told.
    package enum Change: Equatable, Sendable {
        case none
        /// These addresses replace all earlier ones.
        case addresses([SocketAddress])
        /// There are none and never were.
        case failure(ResolveFailure)
    }

    /// The last good answer, best first, with port 0. Empty before the first one.
    package private(set) var addresses: [SocketAddress] = []
    /// Why the last query failed, until one succeeds.
    package private(set) var failure: ResolveFailure?

    /// When to ask next; nil while a query is under way.
    package private(set) var dueMilliseconds: UInt64?
    private var askedMilliseconds: UInt64 = 0
    private var failureCount = 0
    private var hasAskedForParts = false

    /// - Parameter now: Monotonic time in milliseconds, as in all other calls.
    package init(now: UInt64) { dueMilliseconds = now }

    /// A query begins.
    package mutating func asked(now: UInt64) {
        dueMilliseconds = nil
        askedMilliseconds = now
        hasAskedForParts = false
    }

    /// When to ask for each family by itself; nil if that is not called for.
    package var partsDueMilliseconds: UInt64? {
        guard dueMilliseconds == nil, addresses.isEmpty, !hasAskedForParts else { return nil }
        return askedMilliseconds + Self.partDelayMilliseconds
    }

    /// A query for each family begins, beside that for both.
    package mutating func askedForParts() { hasAskedForParts = true }

    /// The addresses of one family have come. They are used while those of the other one are waited for.
    package mutating func answeredInPart(_ found: [SocketAddress]) -> Change {
        guard dueMilliseconds == nil, addresses.isEmpty else { return .none }
        addresses = found
        return .addresses(found)
    }

    /// A query has brought addresses.
    ///
    /// - Parameter ttlSeconds: The smallest of them all; nil if no name server was asked.
    package mutating func answered(
        _ found: [SocketAddress], ttlSeconds: UInt32?, now: UInt64
    ) -> Change {
        failureCount = 0
        failure = nil
        let kept = ttlSeconds.map { UInt64($0) * 1000 } ?? Self.localMilliseconds
        dueMilliseconds = now + min(max(kept, Self.freshMillisecondsMin), Self.freshMillisecondsMax)
        guard found != addresses else { return .none }
        addresses = found
        return .addresses(found)
    }

    /// A query has failed.
    package mutating func failed(_ reason: ResolveFailure, now: UInt64) -> Change {
        failure = reason
        let pause = Self.pauseMillisecondsMin << UInt64(min(failureCount, 6))
        failureCount += 1
        dueMilliseconds = now + min(pause, Self.pauseMillisecondsMax)
        return addresses.isEmpty ? .failure(reason) : .none
    }

    /// The query under way, if there is one, will have no end.
    package mutating func abandoned(now: UInt64) {
        if dueMilliseconds == nil { dueMilliseconds = now }
    }

    /// The addresses do not work: ask again soon, but not more often than once a second.
    package mutating func doubted(now: UInt64) {
        guard let due = dueMilliseconds else { return }
        dueMilliseconds = min(due, max(now, askedMilliseconds + Self.pauseMillisecondsMin))
    }
}

/// Earlier attempts of a request to connect that go on while a later one has begun (RFC 8305, 5).
///
/// Only a few: a name with many addresses that nobody answers at must not take so many descriptors for each request.
package struct RivalDials: BitwiseCopyable, Sendable {
    /// With the latest attempt one more is under way.
    package static let countMax = 3

    private var tokens = (ConnectionToken.none, ConnectionToken.none, ConnectionToken.none)
    /// The earliest stands first.
    private var count: UInt8 = 0

    package init() {}

    /// Whether no further attempt may begin before one has failed.
    package var isFull: Bool { count == Self.countMax }

    /// Remembers the attempt that was the latest so far.
    package mutating func append(_ token: ConnectionToken) {
        precondition(!isFull, "more attempts are under way than may be")
        switch count {
        case 0: tokens.0 = token
        case 1: tokens.1 = token
        default: tokens.2 = token
        }
        count += 1
    }

    /// Takes the latest of them.
    package mutating func popLast() -> ConnectionToken? {
        guard count > 0 else { return nil }
        count -= 1
        return switch count {
        case 0: tokens.0
        case 1: tokens.1
        default: tokens.2
        }
    }

    /// Forgets one that has failed, if it is among them.
    package mutating func remove(_ token: ConnectionToken) {
        var kept = RivalDials()
        while let last = popLast() { if last != token { kept.append(last) } }
        // That has turned them round.
        while let last = kept.popLast() { append(last) }
    }
}

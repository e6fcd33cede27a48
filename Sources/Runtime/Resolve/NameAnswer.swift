/// How a query of a ``NameChannel`` ended.
package struct NameAnswer: Equatable, Sendable {
    /// What the name servers, or the hosts file, had to say.
    package enum Outcome: Equatable, Sendable {
        /// At least one address, best first (RFC 6724), with port 0. The time to live is nil if no
        /// name server was asked.
        case addresses([SocketAddress], ttlSeconds: UInt32?)
        case failure(ResolveFailure)
    }

    /// Which addresses are asked for.
    package enum Families: Sendable {
        case both
        /// One of them by itself: the answer is a part of that for both.
        case ipv4, ipv6
    }

    /// What the query was begun with.
    package let id: Int
    package let families: Families
    package let outcome: Outcome
}

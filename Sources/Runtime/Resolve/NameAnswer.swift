/// How a query of a ``NameChannel`` ended.
package struct NameAnswer: Equatable, Sendable {
    /// What the name servers, or the hosts file, had to say.
    package enum Outcome: Equatable, Sendable {
        /// At least one address, best first (RFC 6724), with port 0. The time to live is nil if no
        /// name server was asked.
        case addresses([SocketAddress], ttlSeconds: UInt32?)
        case failure(ResolveFailure)
    }

    /// What the query was begun with.
    package let id: Int
    package let outcome: Outcome
}

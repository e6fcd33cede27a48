/// Why the begin of a connection is no PROXY header. Each case is something that a peer's bytes can cause.
package enum ProxyHeaderFault: UInt8, Error, BitwiseCopyable, CaseIterable, Sendable {
    case missing
    case malformed
    case tooLong
    case unknownVersion
    case unknownCommand
    case wrongChecksum
    /// The peer has left in the middle of it.
    case cutShort
    /// The peer waits; it may be one that speaks no PROXY protocol and lets the server begin.
    case late
    /// The peer is none of those whose word is taken.
    case notTrusted

    /// What is wrong, for the log.
    package var reason: StaticString {
        switch self {
        case .missing: "no PROXY header"
        case .malformed: "malformed PROXY header"
        case .tooLong: "PROXY header too long"
        case .unknownVersion: "unknown version of the PROXY protocol"
        case .unknownCommand: "unknown command in a PROXY header"
        case .wrongChecksum: "wrong checksum in a PROXY header"
        case .cutShort: "the connection ended within the PROXY header"
        case .late: "no whole PROXY header in time"
        case .notTrusted: "the peer is not one of trusted_proxies"
        }
    }
}

/// Why the begin of a connection is no PROXY header. Each case is something that a peer's bytes can cause.
package enum ProxyHeaderFault: UInt8, Error, BitwiseCopyable, CaseIterable, Sendable {
    case missing
    case malformed
    case tooLong
    case unknownVersion
    case unknownCommand
    case wrongChecksum
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
        case .notTrusted: "the peer is not one of trusted_proxies"
        }
    }
}

/// Why a session broke.
package enum TLSFailure: BitwiseCopyable, Equatable, Error, Sendable {
    // What is wrong with the certificate of the peer.
    case certificateExpired, certificateNotYetValid, certificateRevoked, certificateInvalid
    case certificateMissing, nameMismatch, selfSigned, unknownAuthority
    // What is wrong with what the peer sends.
    case notTLS, plainHTTP, noSharedVersion, noSharedCipher, protocolError
    // What the peer says is wrong with us: the number of its alert (RFC 8446, 6).
    case alert(UInt8)
    /// The peer wanted another handshake on the connection, which TLS 1.2 knows, and does not go on without it.
    case renegotiation
    /// The connection ended without the announcement that it would (RFC 8446, 6.1).
    case truncated
    /// The socket failed, with this `errno`.
    case socket(Int32)
    case outOfMemory

    /// Stands for an alert of which nothing is known but that it came; no alert has this number.
    static let unknownAlert: UInt8 = 255

    /// A few lower-case words for logs. Does not allocate.
    package var reason: StaticString {
        switch self {
        case .certificateExpired: "the certificate has expired"
        case .certificateNotYetValid: "the certificate is not valid yet"
        case .certificateRevoked: "the certificate is revoked"
        case .certificateInvalid: "the certificate is not valid"
        case .certificateMissing: "the peer sent no certificate"
        case .nameMismatch: "the certificate is for another name"
        case .selfSigned: "the certificate is self-signed"
        case .unknownAuthority: "the certificate is from an unknown authority"
        case .notTLS: "the peer does not speak TLS"
        case .plainHTTP: "the peer speaks plain HTTP"
        case .noSharedVersion: "no TLS version in common"
        case .noSharedCipher: "no cipher in common"
        case .protocolError: "TLS protocol error"
        case .alert(let number): Self.reason(ofAlert: number)
        case .renegotiation: "the peer wants to renegotiate"
        case .truncated: "ended without close_notify"
        case .socket(let number): SystemError(.read, number).reason
        case .outOfMemory: "not enough memory"
        }
    }

    private static func reason(ofAlert number: UInt8) -> StaticString {
        switch number {
        case 40: "the peer says: handshake failure"
        case 42: "the peer says: bad certificate"
        case 43: "the peer says: unsupported certificate"
        case 44: "the peer says: certificate revoked"
        case 45: "the peer says: certificate expired"
        case 46: "the peer says: certificate unknown"
        case 47: "the peer says: illegal parameter"
        case 48: "the peer says: unknown authority"
        case 49: "the peer says: access denied"
        case 50: "the peer says: decode error"
        case 51: "the peer says: decrypt error"
        case 70: "the peer says: unsupported TLS version"
        case 71: "the peer says: insufficient security"
        case 80: "the peer says: internal error"
        case 90: "the peer gave up"
        case 112: "the peer says: unrecognised name"
        case 116: "the peer says: certificate required"
        case 120: "the peer says: no application protocol"
        default: "the peer sent an alert"
        }
    }
}

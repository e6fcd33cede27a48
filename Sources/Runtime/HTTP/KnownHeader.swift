/// The fields that a proxy must understand. All others are end-to-end and pass unread.
package enum KnownHeader: UInt8, BitwiseCopyable, Sendable {
    /// None of those below.
    case other = 0

    // Routing and framing: never copied, always stated anew.
    case host
    case contentLength
    case transferEncoding

    // Hop by hop (RFC 9110, 7.6.1): never copied. `Trailer` is, where a trailer may follow.
    case connection
    case keepAlive
    case proxyConnection
    case proxyAuthenticate
    case proxyAuthorization
    case te
    case trailer
    case upgrade
    case http2Settings

    // What a proxy on the way to the client may have said of it: only kept from one that is
    // trusted.
    case xForwardedFor
    case xForwardedProto
    case xForwardedHost
    case forwarded
    /// `X-Real-IP` and every `X-Forwarded-…` that has no case of its own.
    case forwardedOther
    case xRequestID
    /// `X-Client-Cert-…`: what this proxy says of the certificate that a client has shown. Never copied,
    /// whoever has sent it.
    case clientCertificate

    // Looked at and passed on.
    case accept
    case authorization
    case contentType
    case contentEncoding
    case expect
    /// Says of OPTIONS how many may still pass it on (RFC 9110, 7.6.2).
    case maxForwards
    case secWebSocketKey
    case secWebSocketVersion
    case secWebSocketProtocol
    case secWebSocketExtensions
    case secWebSocketAccept
    case wwwAuthenticate

    // Written anew, with the client's value if it is valid.
    case traceparent
    case tracestate

    /// A name that becomes one of those above where hyphens and underscores are the same, as they
    /// are for a CGI or WSGI program: `Content_Length`, `X_Forwarded_For`. Never copied.
    case disguised

    /// Whether a field ends at the next hop, or is stated anew for it.
    @inline(always)
    package var isHopByHop: Bool {
        rawValue >= KnownHeader.host.rawValue && rawValue <= KnownHeader.http2Settings.rawValue
            || self == .disguised
    }

    /// Whether the field belongs to the connection, to framing or to the handshake of a WebSocket, so that nobody
    /// but the proxy may state it.
    var isOfConnection: Bool {
        switch self {
        case .expect, .secWebSocketKey, .secWebSocketVersion, .secWebSocketProtocol,
            .secWebSocketExtensions, .secWebSocketAccept:
            true
        default: isHopByHop
        }
    }

    /// Whether the field says who the client is, so that only a trusted proxy may have set it.
    @inline(always)
    package var isForwarding: Bool {
        rawValue >= KnownHeader.xForwardedFor.rawValue
            && rawValue <= KnownHeader.forwardedOther.rawValue
    }

    /// This case as one bit of a set.
    @inline(always)
    var bit: UInt64 { 1 &<< UInt64(rawValue) }
}

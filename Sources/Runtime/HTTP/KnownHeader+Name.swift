import RouteTable

extension KnownHeader {
    /// Longest name below. A longer one can only be an `X-Forwarded-…` or `X-Client-Cert-…`.
    private static let nameByteCountMax = 24

    /// The field that a checked name stands for, without regard to case.
    init(_ name: ByteRange, in bytes: RawSpan) {
        self = Self.exact(name, in: bytes)
        if self == .other, Self.hasUnderscore(name, in: bytes) {
            self = Self.isDisguise(name, in: bytes) ? .disguised : .other
        }
    }

    private static func exact(_ name: ByteRange, in bytes: RawSpan) -> KnownHeader {
        @inline(always) func named(_ text: StaticString, _ header: KnownHeader) -> KnownHeader? {
            bytes.equalsIgnoringCase(name, text) ? header : nil
        }
        // The length leaves at most four names to compare with.
        switch name.count {
        case 2: return named("te", .te) ?? .other
        case 4: return named("host", .host) ?? .other
        case 6: return named("accept", .accept) ?? named("expect", .expect) ?? .other
        case 7: return named("upgrade", .upgrade) ?? named("trailer", .trailer) ?? .other
        case 9:
            return named("forwarded", .forwarded) ?? named("x-real-ip", .forwardedOther) ?? .other
        case 10:
            return named("connection", .connection) ?? named("keep-alive", .keepAlive)
                ?? named("tracestate", .tracestate) ?? .other
        case 11: return named("traceparent", .traceparent) ?? .other
        case 12:
            return named("content-type", .contentType) ?? named("x-request-id", .xRequestID)
                ?? named("max-forwards", .maxForwards) ?? .other
        case 13: return named("authorization", .authorization) ?? forwarding(name, in: bytes)
        case 14:
            return named("content-length", .contentLength)
                ?? named("http2-settings", .http2Settings) ?? forwarding(name, in: bytes)
        case 15: return named("x-forwarded-for", .xForwardedFor) ?? forwarding(name, in: bytes)
        case 16:
            return named("proxy-connection", .proxyConnection)
                ?? named("x-forwarded-host", .xForwardedHost)
                ?? named("content-encoding", .contentEncoding)
                ?? named("www-authenticate", .wwwAuthenticate) ?? forwarding(name, in: bytes)
        case 17:
            return named("transfer-encoding", .transferEncoding)
                ?? named("x-forwarded-proto", .xForwardedProto)
                ?? named("sec-websocket-key", .secWebSocketKey) ?? forwarding(name, in: bytes)
        case 18:
            return named("proxy-authenticate", .proxyAuthenticate) ?? forwarding(name, in: bytes)
        case 19:
            return named("proxy-authorization", .proxyAuthorization) ?? forwarding(name, in: bytes)
        case 20:
            return named("sec-websocket-accept", .secWebSocketAccept) ?? forwarding(name, in: bytes)
        case 21:
            return named("sec-websocket-version", .secWebSocketVersion)
                ?? forwarding(name, in: bytes)
        case 22:
            return named("sec-websocket-protocol", .secWebSocketProtocol)
                ?? forwarding(name, in: bytes)
        case 24:
            return named("sec-websocket-extensions", .secWebSocketExtensions)
                ?? forwarding(name, in: bytes)
        default: return name.count > 12 ? forwarding(name, in: bytes) : .other
        }
    }

    /// `forwardedOther` if the name begins with `X-Forwarded-`, `clientCertificate` if with
    /// `X-Client-Cert-`.
    private static func forwarding(_ name: ByteRange, in bytes: RawSpan) -> KnownHeader {
        let prefix = ByteRange(offset: name.offset, count: 12)
        if bytes.equalsIgnoringCase(prefix, "x-forwarded-") { return .forwardedOther }
        guard name.count >= 14 else { return .other }
        let longer = ByteRange(offset: name.offset, count: 14)
        return bytes.equalsIgnoringCase(longer, "x-client-cert-") ? .clientCertificate : .other
    }

    private static func hasUnderscore(_ name: ByteRange, in bytes: RawSpan) -> Bool {
        var offset = name.first
        while offset <= name.limit - 8 {
            if OctetScan.equal(bytes.word(at: offset), 0x5F5F_5F5F_5F5F_5F5F) != 0 { return true }
            offset += 8
        }
        if name.count >= 8 {
            // The last eight bytes may overlap those that were looked at.
            return OctetScan.equal(bytes.word(at: name.limit - 8), 0x5F5F_5F5F_5F5F_5F5F) != 0
        }
        while offset < name.limit {
            if bytes.octet(at: offset) == 0x5F { return true }
            offset += 1
        }
        return false
    }

    /// Whether the name with its underscores made hyphens is known.
    private static func isDisguise(_ name: ByteRange, in bytes: RawSpan) -> Bool {
        // Longer names can only be found by the prefix, which fits.
        let count = min(Int(name.count), nameByteCountMax)
        var plain = InlineArray<24, UInt8>(repeating: 0)
        for index in 0..<count {
            let byte = bytes.octet(at: name.first + index)
            plain[index] = byte == 0x5F ? 0x2D : byte
        }
        let span = plain.span
        // SAFETY: the view is of bytes and is used while the array it borrows lives.
        let header = exact(ByteRange(offset: 0, count: UInt32(count)), in: unsafe span.bytes)
        if Int(name.count) > nameByteCountMax {
            return header == .forwardedOther || header == .clientCertificate
        }
        return header != .other
    }
}

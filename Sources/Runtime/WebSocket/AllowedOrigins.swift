internal import RouteTable

/// Which pages may open a WebSocket: `enable_origin_check` and `allowed_origins`.
///
/// A browser says in `Origin` which page asks (RFC 6455, 10.2). Who sends none is no browser, and is let
/// through: the check guards users against pages, not the service against programs.
package struct AllowedOrigins: Sendable {
    private enum Entry: Sendable {
        case all
        case exact([UInt8])
        /// `https://` and `.example.com`: something of a name stands between.
        case subdomains(scheme: [UInt8], suffix: [UInt8])
    }

    private let entries: [Entry]

    /// - Parameter texts: In lower case: origins, `https://*.example.com`, `null`, `*`. None: only the
    ///   request's own host.
    package init(_ texts: [String]) {
        entries = texts.map { text in
            if text == "*" { return .all }
            let bytes = Self.withoutDefaultPort(Array(text.utf8))
            guard let star = bytes.firstIndex(of: UInt8(ascii: "*")) else { return .exact(bytes) }
            return .subdomains(
                scheme: Array(bytes[..<star]), suffix: Array(bytes[(star + 1)...]))
        }
    }

    /// - Parameters:
    ///   - origin: The value of the field.
    ///   - host: The request's own host, with its port if it has one.
    package func allow(_ origin: RawSpan, host: RawSpan) -> Bool {
        let origin = Self.withoutDefaultPort(Self.lowercased(origin))
        guard !entries.isEmpty else { return Self.isOwn(origin, host: Self.lowercased(host)) }
        return entries.contains { entry in
            switch entry {
            case .all: true
            case .exact(let text): text == origin
            case .subdomains(let scheme, let suffix):
                origin.starts(with: scheme)
                    && origin.count > scheme.count + suffix.count
                    && origin[(origin.count - suffix.count)...] == suffix[...]
                    && Self.isName(origin[scheme.count..<origin.count - suffix.count])
            }
        }
    }

    private static func isName(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.allSatisfy { byte in
            OctetClass.isIdentifier(byte) && byte != UInt8(ascii: "/")
                && byte != UInt8(ascii: ":") && byte != UInt8(ascii: "@")
        }
    }

    private static func isOwn(_ origin: [UInt8], host: [UInt8]) -> Bool {
        guard let end = origin.firstRange(of: Array("://".utf8))?.upperBound else { return false }
        return origin == withoutDefaultPort(Array(origin[..<end]) + host)
    }

    private static func lowercased(_ bytes: RawSpan) -> [UInt8] {
        (0..<bytes.byteCount).map { OctetClass.lowercased(bytes.octet(at: $0)) }
    }

    /// A browser leaves out the port that its scheme stands for; configurations may not.
    private static func withoutDefaultPort(_ origin: [UInt8]) -> [UInt8] {
        let isSecure =
            origin.starts(with: Array("https:".utf8)) || origin.starts(with: Array("wss:".utf8))
        let port = Array((isSecure ? ":443" : ":80").utf8)
        return origin.suffix(port.count) == port[...] ? Array(origin.dropLast(port.count)) : origin
    }
}

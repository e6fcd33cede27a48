package import RouteTable

/// Where a proxy on the way is and how it is spoken to.
package struct ProxyAddress: Equatable, Sendable {
    package var scheme: ServicePolicy.Proxy.Scheme
    package var host: String
    package var port: UInt16
    /// Percent-decoded.
    package var user: [UInt8]?
    package var password: [UInt8]?

    package init(
        _ scheme: ServicePolicy.Proxy.Scheme, host: String, port: UInt16, user: String?,
        password: String?
    ) {
        self.scheme = scheme
        self.host = host
        self.port = port
        self.user = user.map { Self.decoded($0) }
        self.password = password.map { Self.decoded($0) }
    }

    /// Reads the value of a variable: `socks5://user:password@host:port`. Without a scheme it is an
    /// HTTP proxy.
    ///
    /// - Parameter scheme: What is assumed where the text names none.
    /// - Returns: nil if it is none.
    package init?(text: String, scheme: ServicePolicy.Proxy.Scheme = .http) {
        var rest = Substring(text)
        var scheme = scheme
        if let end = text.firstRange(of: "://") {
            switch text[..<end.lowerBound].lowercased() {
            case "socks5", "socks5h", "socks": scheme = .socks5
            case "http": scheme = .http
            case "https": scheme = .https
            default: return nil
            }
            rest = text[end.upperBound...]
        }
        if rest.hasSuffix("/") { rest = rest.dropLast() }
        var user: String?
        var password: String?
        if let at = rest.lastIndex(of: "@") {
            let parts = rest[..<at].split(
                separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            user = parts.first.map(String.init)
            password = parts.count == 2 ? String(parts[1]) : nil
            rest = rest[rest.index(after: at)...]
        }
        let defaultPort: UInt16 =
            switch scheme {
            case .socks5: 1080
            case .http: 80
            case .https: 443
            }
        guard let (host, port) = Self.split(rest, defaultPort: defaultPort) else { return nil }
        self.init(scheme, host: host, port: port, user: user, password: password)
    }

    /// Host, without brackets, and port.
    private static func split(_ text: Substring, defaultPort: UInt16) -> (String, UInt16)? {
        var host = text
        var port = defaultPort
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { return nil }
            host = text[text.index(after: text.startIndex)..<end]
            let rest = text[text.index(after: end)...]
            if !rest.isEmpty {
                guard rest.hasPrefix(":"), let number = UInt16(rest.dropFirst()) else { return nil }
                port = number
            }
        } else if let colon = text.lastIndex(of: ":") {
            guard let number = UInt16(text[text.index(after: colon)...]) else { return nil }
            host = text[..<colon]
            port = number
        }
        let isUsable =
            !host.isEmpty && port > 0
            && host.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "/") }
        return isUsable ? (host.lowercased(), port) : nil
    }

    /// The bytes that `%XX` stands for; what is no such triple stays.
    private static func decoded(_ text: String) -> [UInt8] {
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
                let high = Character(UnicodeScalar(bytes[index + 1])).hexDigitValue,
                let low = Character(UnicodeScalar(bytes[index + 2])).hexDigitValue
            {
                result.append(UInt8(high << 4 | low))
                index += 3
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return result
    }
}

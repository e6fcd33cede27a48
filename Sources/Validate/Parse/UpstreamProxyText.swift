/// Reads the `upstream_proxy` of a service when it is a URL.
enum UpstreamProxyText {
    static func parse(_ text: String) throws(HostText.Fault) -> UpstreamProxy {
        let advice = "write `socks5://host:port`, `http://…`, `https://…`, `environment` or `none`"
        guard let end = text.firstRange(of: "://") else {
            throw HostText.Fault("`\(text)` is not a proxy", suggestion: advice)
        }
        let scheme: UpstreamProxy.Scheme
        let defaultPort: UInt16
        switch HostText.lowercased(String(text[..<end.lowerBound])) {
        case "socks5": (scheme, defaultPort) = (.socks5, 1080)
        case "http": (scheme, defaultPort) = (.http, 80)
        case "https": (scheme, defaultPort) = (.https, 443)
        case let other:
            throw HostText.Fault("`\(other)` is not a scheme of a proxy", suggestion: advice)
        }
        var rest = text[end.upperBound...]
        if rest.hasSuffix("/") { rest = rest.dropLast() }
        guard !rest.contains(where: { $0 == "/" || $0 == "?" || $0 == "#" }) else {
            throw HostText.Fault("the URL of a proxy has no path", suggestion: advice)
        }
        var user: String?
        var password: String?
        if let at = rest.lastIndex(of: "@") {
            let parts = rest[..<at].split(
                separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            user = parts.first.map(String.init)
            password = parts.count == 2 ? String(parts[1]) : nil
            rest = rest[rest.index(after: at)...]
        }
        if scheme == .socks5 { try checkLengths(user, password) }
        let (host, port) = try UpstreamURLText.splitPort(String(rest))
        let canonical = try HostText.canonical(host)
        let bare = canonical.hasPrefix("[") ? String(canonical.dropFirst().dropLast()) : canonical
        return .proxy(scheme, host: bare, port: port ?? defaultPort, user: user, password: password)
    }

    /// Their lengths are said in one byte (RFC 1929).
    private static func checkLengths(
        _ user: String?, _ password: String?
    ) throws(HostText.Fault) {
        for (name, text) in [("user", user), ("password", password)] {
            let escapeCount = text?.utf8.count { $0 == UInt8(ascii: "%") } ?? 0
            guard (text?.utf8.count ?? 0) - 2 * escapeCount > 255 else { continue }
            throw HostText.Fault(
                "the \(name) for a SOCKS5 proxy is longer than 255 bytes",
                suggestion: "SOCKS5 takes no longer one; an `http://` proxy does")
        }
    }
}

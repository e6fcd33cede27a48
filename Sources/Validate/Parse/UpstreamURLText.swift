/// Reads the `url` of a service or backend.
enum UpstreamURLText {
    static func parse(_ text: String) throws(HostText.Fault) -> UpstreamURL {
        let (scheme, rest) = try splitScheme(text)
        guard !rest.contains(where: { $0 == "?" || $0 == "#" }) else {
            throw HostText.Fault("the URL of a backend has neither query nor fragment")
        }
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        let authority = String(rest[..<slash])
        guard !authority.contains("@") else {
            throw HostText.Fault("the URL of a backend has no user name and password")
        }
        let (host, port) = try splitPort(authority)
        let canonicalHost = try HostText.canonical(host)
        // Without a scheme, port 443 says TLS.
        let usesTLS = scheme.map { $0 == "wss" || $0 == "https" } ?? (port == 443)
        let actualPort = port ?? (usesTLS ? 443 : 80)
        let shownScheme = scheme ?? (usesTLS ? "https" : "http")
        let bare =
            canonicalHost.hasPrefix("[")
            ? String(canonicalHost.dropFirst().dropLast()) : canonicalHost
        return UpstreamURL(
            usesTLS: usesTLS, host: bare, port: actualPort,
            basePath: try basePath(String(rest[slash...])),
            text: "\(shownScheme)://\(canonicalHost):\(actualPort)")
    }

    private static let schemes = ["ws", "wss", "http", "https"]

    private static func splitScheme(_ text: String) throws(HostText.Fault) -> (String?, Substring) {
        guard let end = text.firstRange(of: "://") else {
            if text.hasPrefix("//") { return (nil, text.dropFirst(2)) }
            // Behind a host `:/` is part of a path.
            if let end = text.firstRange(of: ":/"),
                schemes.contains(HostText.lowercased(String(text[..<end.lowerBound])))
            {
                throw HostText.Fault(
                    "the host of a URL comes behind `://`",
                    suggestion: "write `\(text[..<end.lowerBound])://\(text[end.upperBound...])`")
            }
            return (nil, text[...])
        }
        let scheme = HostText.lowercased(String(text[..<end.lowerBound]))
        guard schemes.contains(scheme) else {
            throw HostText.Fault(
                "`\(scheme)` is not a scheme of a backend",
                suggestion: "one of `ws`, `wss`, `http`, `https`")
        }
        return (scheme, text[end.upperBound...])
    }

    /// Splits `host:port`, `[::1]:port` and `host`.
    static func splitPort(_ authority: String) throws(HostText.Fault) -> (
        host: String, port: UInt16?
    ) {
        guard !authority.isEmpty else { throw HostText.Fault("the host is empty") }
        guard !authority.hasPrefix("[") || authority.contains("]") else {
            throw HostText.Fault("the bracket of the IPv6 address is not closed")
        }
        let hostEnd = authority.lastIndex(of: "]") ?? authority.startIndex
        guard let colon = authority[hostEnd...].firstIndex(of: ":"),
            AddressText.ipv6(authority) == nil
        else { return (authority, nil) }
        let digits = authority[authority.index(after: colon)...]
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = UInt16(digits),
            port > 0
        else {
            throw HostText.Fault(
                "`\(digits)` is not a port", suggestion: "a port is from 1 to 65535")
        }
        return (String(authority[..<colon]), port)
    }

    private static func basePath(_ text: String) throws(HostText.Fault) -> String {
        var path = text
        while path.hasSuffix("/") { path.removeLast() }
        guard !path.isEmpty else { return "" }
        let parts = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map(
            String.init)
        var canonicalParts: [String] = []
        for part in parts {
            do throws(CanonicalPath.Fault) {
                canonicalParts.append(try CanonicalPath.segment(part, keepsEncodedSlash: true))
            } catch {
                throw HostText.Fault("the path `\(path)` of the URL is not valid")
            }
        }
        guard let resolved = CanonicalPath.withoutDotSegments(canonicalParts) else {
            throw HostText.Fault("the path `\(path)` of the URL climbs above the root")
        }
        let canonical = "/" + resolved.joined(separator: "/")
        guard canonical == path else {
            throw HostText.Fault(
                "the path `\(path)` of the URL is not in canonical form",
                suggestion: "write `\(canonical)`")
        }
        return path
    }
}

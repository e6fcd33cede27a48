/// The parts of a URL that a request is made of, cut at their delimiters and left as they are.
struct URLParts: Equatable {
    var isWebSocket: Bool
    /// Host and, if it was written, port.
    var authority: String
    var port: UInt16
    var path: String
    var query: String

    /// A URL without a scheme is taken for `http`.
    init(_ url: String) throws(DescribedRequestError) {
        var rest = Substring(url)
        var scheme = "http"
        if let separator = Self.schemeSeparator(in: url) {
            scheme = url[..<separator].lowercased()
            rest = url[separator...].dropFirst(3)
        }
        let schemePort: UInt16
        switch scheme {
        case "http", "ws": schemePort = 80
        case "https", "wss": schemePort = 443
        default: throw DescribedRequestError.unknownScheme(scheme)
        }
        isWebSocket = scheme.hasPrefix("ws")
        rest = rest.prefix { $0 != "#" }
        let authorityText = rest.prefix { $0 != "/" && $0 != "?" }
        rest = rest[authorityText.endIndex...]
        let pathText = rest.prefix { $0 != "?" }
        authority = String(authorityText)
        path = pathText.isEmpty ? "/" : String(pathText)
        query = String(rest[pathText.endIndex...].dropFirst())
        port = try Self.port(of: authorityText) ?? schemePort
    }

    /// The `:` of the first `://`, if it comes before any path.
    private static func schemeSeparator(in url: String) -> String.Index? {
        guard let colon = url.firstIndex(of: ":"), url[colon...].hasPrefix("://"),
            !url[..<colon].contains("/")
        else { return nil }
        return colon
    }

    private static func port(of authority: Substring) throws(DescribedRequestError) -> UInt16? {
        guard !authority.isEmpty else { throw DescribedRequestError.missingHost }
        guard !authority.contains("@") else { throw DescribedRequestError.userInfo }
        let behindAddress = authority.lastIndex(of: "]") ?? authority.startIndex
        guard let colon = authority[behindAddress...].lastIndex(of: ":") else { return nil }
        guard colon > authority.startIndex else { throw DescribedRequestError.missingHost }
        let text = authority[colon...].dropFirst()
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = UInt16(text),
            port > 0
        else { throw DescribedRequestError.invalidPort(String(text)) }
        return port
    }
}

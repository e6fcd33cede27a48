/// Reads the `pattern` of a host rule. Regexes are compiled by the caller.
enum HostPatternText {
    static func parse(_ text: String) throws(HostText.Fault) -> HostPattern {
        if text == "*" { return .any }
        if HostText.isPlainName(text[...]) { return .exact(text) }
        if let (source, ignoresCase) = RegexText.split(text) {
            return .regex(source: source, ignoresCase: ignoresCase)
        }
        if text.hasPrefix("^") {
            throw HostText.Fault(
                "a host pattern that is a regular expression begins with `~`",
                suggestion: "write `~\(text)`")
        }
        try refusePort(text)
        if text.hasPrefix("*.") {
            return .wildcard(suffix: try suffix(text.dropFirst(2), of: text), includesApex: false)
        }
        if text.hasPrefix(".") {
            return .wildcard(suffix: try suffix(text.dropFirst(), of: text), includesApex: true)
        }
        if text.contains("*") { throw misplacedStar(text) }
        return .exact(try HostText.canonical(text))
    }

    private static func suffix(_ text: Substring, of pattern: String) throws(HostText.Fault)
        -> String
    {
        if HostText.isPlainName(text) { return String(text) }
        if text.contains("*") { throw misplacedStar(pattern) }
        guard AddressText.ipv4(text) == nil, !text.hasPrefix("[") else {
            throw HostText.Fault("an address has no subdomains")
        }
        return try HostText.canonical(String(text))
    }

    private static func misplacedStar(_ text: String) -> HostText.Fault {
        HostText.Fault(
            "`*` can only be the first part of a host pattern: `*.example.com`",
            suggestion: "use a regular expression: `~^[^.]+\\.example\\.com$`")
    }

    private static func refusePort(_ text: String) throws(HostText.Fault) {
        guard !text.hasSuffix("]"), AddressText.ipv6(text) == nil,
            let colon = text.lastIndex(of: ":"),
            let port = UInt16(text[text.index(after: colon)...])
        else { return }
        throw HostText.Fault(
            "a host pattern has no port", suggestion: "write `port: \(port)` beside the pattern")
    }
}

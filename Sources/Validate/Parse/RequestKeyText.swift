/// Which parts of a request a setting may name: `header:X`, `cookie:X`, `query:X`, `claim:X`, and words alone.
struct RequestKeyText {
    /// Words that stand alone, with their meaning.
    let words: KeyValuePairs<String, RequestKey>
    /// Words that need a name behind a colon.
    let prefixes: [String]

    static let tokenSources = RequestKeyText(
        words: ["header": .header("authorization"), "subprotocol": .subprotocol],
        prefixes: ["header", "cookie", "query"])
    static let rateLimitKeys = RequestKeyText(
        words: ["client_ip": .clientIP], prefixes: ["header", "claim"])
    static let hashKeys = RequestKeyText(
        words: ["client_ip": .clientIP], prefixes: ["header", "cookie", "capture"])
    static let dynamicRouteKeys = RequestKeyText(
        words: [:], prefixes: ["header", "cookie", "query", "claim"])

    /// For a message: "`client_ip`, `header:NAME`, `claim:NAME`".
    var choices: String {
        (words.map { "`\($0.key)`" } + prefixes.map { "`\($0):NAME`" }).joined(separator: ", ")
    }

    /// The part of the request, or nil.
    func parse(_ text: String) -> RequestKey? {
        if let word = words.first(where: { $0.key == text }) { return word.value }
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, prefixes.contains(String(parts[0])), !parts[1].isEmpty else {
            return nil
        }
        let name = String(parts[1])
        switch parts[0] {
        case "header": return HeaderText.isToken(name) ? .header(HostText.lowercased(name)) : nil
        case "cookie": return HeaderText.isToken(name) ? .cookie(name) : nil
        case "query": return .query(name)
        case "capture": return .capture(name)
        default: return .claim(name)
        }
    }
}

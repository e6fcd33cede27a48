/// Segments that mean something to other routers, and are plain text here.
enum ForeignPattern {
    /// What is wrong with the first such segment, and what to write instead; nil where there is none.
    static func advice(about text: String) -> (message: String, suggestion: String)? {
        let segments = text.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        for segment in segments {
            if let name = parameterName(segment) {
                return (
                    "`\(segment)` is plain text in a pattern: only a request with these very "
                        + "characters is taken", "a parameter is `{\(name)}`"
                )
            }
            if isExpression(segment) {
                return (
                    "`\(segment)` is no regular expression in a pattern that begins with `/`",
                    "one begins with `~^/`; here `*` is any text within a segment, and `/*` at the "
                        + "end everything below"
                )
            }
        }
        return nil
    }

    /// The name in `:id`, `<id>`, `<int:id>` or `[id]`.
    private static func parameterName(_ segment: Substring) -> String? {
        var name = segment
        if segment.hasPrefix(":") {
            name = segment.dropFirst()
            if let last = name.last, "?*+".contains(last) { name = name.dropLast() }
        } else if segment.hasPrefix("<"), segment.hasSuffix(">") {
            name = segment.dropFirst().dropLast()
            if let colon = name.lastIndex(of: ":") { name = name[name.index(after: colon)...] }
        } else if segment.hasPrefix("["), segment.hasSuffix("]") {
            name = segment.dropFirst().dropLast()
        } else {
            return nil
        }
        return PathPatternText.isName(String(name)) ? String(name) : nil
    }

    private static func isExpression(_ segment: Substring) -> Bool {
        // `.*` is how dot files are named here, and a segment may well end in `$`.
        if [".+", "(.*)", "(.+)"].contains(segment) { return true }
        if segment.hasPrefix("["), segment.contains("]"), segment.contains("-") { return true }
        return segment.hasPrefix("(") && segment.contains("|") && segment.contains(")")
    }
}

/// How regular expressions are marked in patterns and conditions.
enum RegexText {
    /// Longest source, in bytes. PCRE2 compiles one this long in well under a millisecond.
    static let byteCountMax = 4096

    /// The source behind `~` or `~*`, or nil if the text is not marked.
    static func split(_ text: String) -> (source: String, ignoresCase: Bool)? {
        if text.hasPrefix("~*") { return (String(text.dropFirst(2)), true) }
        if text.hasPrefix("~") { return (String(text.dropFirst()), false) }
        return nil
    }
}

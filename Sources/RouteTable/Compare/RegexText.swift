/// The spelling of regexes in patterns.
enum RegexText {
    /// What PCRE2 gets of `~^/v[0-9]+`, `~*\.png$` or `^/x`.
    static func source(of pattern: String) -> String {
        if pattern.hasPrefix("~*") { return String(pattern.dropFirst(2)) }
        return pattern.hasPrefix("~") ? String(pattern.dropFirst()) : pattern
    }
}

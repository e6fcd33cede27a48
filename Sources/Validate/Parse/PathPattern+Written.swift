extension PathPattern {
    /// Whether a configuration can have the text as the pattern of a route.
    package static func canBeWritten(_ text: String, keepsEncodedSlash: Bool) -> Bool {
        do throws(PathPatternText.Fault) {
            _ = try PathPatternText(keepsEncodedSlash: keepsEncodedSlash).parse(text)
            return true
        } catch {
            return false
        }
    }
}

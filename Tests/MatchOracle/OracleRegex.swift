/// Searches with a pattern: no JIT, no literals looked for first, no limits but PCRE2's own. It is what the real
/// matcher must agree with.
package enum OracleRegex {
    /// What a match captured by name. Groups that took no part are absent.
    package typealias Captures = [String: String]

    /// The captures of the first match anywhere in `subject`, or nil if there is none.
    ///
    /// - Parameter names: The named groups whose values are wanted.
    package static func firstMatch(
        of source: String, ignoresCase: Bool, in subject: String, capturing names: [String] = []
    ) -> Captures? {
        PatternCache.with(source, ignoresCase: ignoresCase) {
            $0.firstMatch(in: subject, capturing: names)
        }
    }
}

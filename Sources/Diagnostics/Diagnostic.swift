/// One message about one place. Notes point at other places that explain it.
package struct Diagnostic: Equatable, Sendable {
    /// How much it matters. An error keeps a table from being made.
    package enum Severity: String, Sendable { case error, warning, note }

    /// Another place that explains the message, with a sentence about it.
    package struct Note: Equatable, Sendable {
        package let range: SourceRange
        package let message: String

        package init(range: SourceRange, message: String) {
            self.range = range
            self.message = message
        }
    }

    /// Stable name such as `WR012`. Wording may change between releases; the code may not.
    package let code: DiagnosticCode
    package let severity: Severity
    package let range: SourceRange
    /// One sentence without a full stop. Names of the user are in back quotes.
    package let message: String
    package let notes: [Note]
    /// What to do about it: "did you mean `route_rules`?".
    package let suggestion: String?

    package init(
        code: DiagnosticCode,
        severity: Severity,
        range: SourceRange,
        message: String,
        notes: [Note] = [],
        suggestion: String? = nil
    ) {
        self.code = code
        self.severity = severity
        self.range = range
        self.message = message
        self.notes = notes
        self.suggestion = suggestion
    }
}

package import Diagnostics

/// What came of a configuration: the validated model, or the reasons why there is none.
package struct ValidationResult: Sendable {
    /// Nil if there is any error.
    package let configuration: Configuration?
    /// What can be checked further although there may be errors: without the parts that could not be decoded. Its
    /// ``Configuration/unknown`` and those of its parts say what is missing. Nil if there are too many errors.
    package let soundPart: Configuration?
    /// Of all files, by file and position. Without those about what is inert: see
    /// ``Configuration/inertUses``, whose severity is the caller's to choose.
    package let diagnostics: [Diagnostic]
    /// The files that were read, for rendering.
    package let sources: SourceList
    /// Diagnostics left out because there were too many.
    package let omittedCount: Int
    /// Whether a fragment or its directory could not be read; it has a diagnostic too.
    package let hasUnreadableFile: Bool

    package init(
        configuration: Configuration?, soundPart: Configuration? = nil,
        diagnostics: [Diagnostic], sources: SourceList, omittedCount: Int, hasUnreadableFile: Bool
    ) {
        self.configuration = configuration
        self.soundPart = soundPart ?? configuration
        self.diagnostics = diagnostics
        self.sources = sources
        self.omittedCount = omittedCount
        self.hasUnreadableFile = hasUnreadableFile
    }

    /// All diagnostics, those about inert parts included, in order.
    ///
    /// - Parameter inertSeverity: An error where the table is to guard something, else a warning.
    package func diagnostics(inertSeverity: Diagnostic.Severity) -> [Diagnostic] {
        let inert = soundPart?.inertUses.map { $0.diagnostic(severity: inertSeverity) } ?? []
        return DiagnosticSink.ordered(diagnostics + inert)
    }
}

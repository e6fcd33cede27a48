import Diagnostics

/// The diagnostics of several configurations, put together so that they print as one document.
struct CheckReport {
    private var sources = SourceList()
    private var diagnostics: [Diagnostic] = []

    private var omittedCount = 0
    /// Whether a file that a configuration names could not be read.
    private(set) var hasUnreadableFile = false

    var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
    var hasWarnings: Bool { diagnostics.contains { $0.severity == .warning } }

    /// Adds all that is to say about one more configuration.
    mutating func add(_ compilation: Compilation) {
        let first = sources.texts.count
        for text in compilation.sources.texts { _ = sources.add(text) }
        func moved(_ range: SourceRange) -> SourceRange {
            SourceRange(
                file: SourceFile(index: range.file.index + first), start: range.start,
                end: range.end)
        }
        omittedCount += compilation.omittedCount
        if compilation.failureStatus == .misuse { hasUnreadableFile = true }
        diagnostics += compilation.diagnostics.map { diagnostic in
            Diagnostic(
                code: diagnostic.code, severity: diagnostic.severity,
                range: moved(diagnostic.range), message: diagnostic.message,
                notes: diagnostic.notes.map { note in
                    Diagnostic.Note(range: moved(note.range), message: note.message)
                },
                suggestion: diagnostic.suggestion)
        }
    }

    func text(as format: DiagnosticFormat) -> String {
        let text = format.render(diagnostics, of: sources)
        // The other forms are read by programs, which have no use for a sentence.
        return format == .text && omittedCount > 0 ? text + "and \(omittedCount) more\n" : text
    }
}

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

    /// Notes a configuration that can't be read.
    mutating func addUnreadable() { hasUnreadableFile = true }

    /// Adds all that is to say about one more configuration. What was said about a file that another configuration
    /// has as well is not said again.
    mutating func add(_ compilation: Compilation) {
        let files = compilation.sources.texts.map { text in
            let known = sources.texts.firstIndex { $0.name == text.name && $0.bytes == text.bytes }
            return known.map { SourceFile(index: $0) } ?? sources.add(text)
        }
        func moved(_ range: SourceRange) -> SourceRange {
            SourceRange(file: files[range.file.index], start: range.start, end: range.end)
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

    /// What forms that programs read have no place for; empty if nothing was left out.
    var omission: String {
        omittedCount == 0 ? "" : "wsroute: \(omittedCount) more diagnostics are not shown\n"
    }

    func text(as format: DiagnosticFormat) -> String {
        let text = format.render(DiagnosticSink.ordered(diagnostics), of: sources)
        // The other forms are read by programs, which have no use for a sentence.
        return format == .text && omittedCount > 0 ? text + "and \(omittedCount) more\n" : text
    }
}

/// Collects the diagnostics of one run, in any order, and gives them back ordered by place.
package struct DiagnosticSink: Sendable {
    /// Most diagnostics that one run keeps. A file that is wrong throughout would otherwise cost more
    /// memory than the table it describes, and nobody reads the thousandth message.
    package static let diagnosticCountMax = 1000

    /// A diagnostic and how many came before it.
    private typealias Entry = (arrival: Int, diagnostic: Diagnostic)

    private var errors: [Entry] = []
    /// Warnings and notes. Of these as many are kept as errors leave room for.
    private var others: [Entry] = []
    private var addedCount = 0

    /// Errors that were reported, kept or not. What leaves it as it was had no mistake.
    package private(set) var errorCount = 0

    /// Whether an error was reported, kept or not.
    package var hasErrors: Bool { errorCount > 0 }

    /// Diagnostics that were not kept because there were too many.
    package var omittedCount: Int { addedCount - kept.count }

    /// Whether further diagnostics are only counted, so that no work should go into them.
    package var isFull: Bool { errors.count >= Self.diagnosticCountMax }

    /// Where the errors are that were kept.
    package var errorRanges: [SourceRange] { errors.map(\.diagnostic.range) }

    private var kept: [Entry] { errors + others.prefix(Self.diagnosticCountMax - errors.count) }

    package init() {}

    /// Adds a diagnostic. Beyond ``diagnosticCountMax`` it is only counted; errors take the places of others.
    package mutating func add(_ diagnostic: Diagnostic) {
        let entry = (arrival: addedCount, diagnostic: diagnostic)
        addedCount += 1
        guard diagnostic.severity == .error else {
            if others.count < Self.diagnosticCountMax { others.append(entry) }
            return
        }
        errorCount += 1
        if errors.count < Self.diagnosticCountMax { errors.append(entry) }
    }

    /// Adds an error.
    package mutating func error(
        _ code: DiagnosticCode,
        at range: SourceRange,
        _ message: String,
        notes: [Diagnostic.Note] = [],
        suggestion: String? = nil
    ) {
        add(
            Diagnostic(
                code: code, severity: .error, range: range, message: message, notes: notes,
                suggestion: suggestion))
    }

    /// Adds a warning.
    package mutating func warning(
        _ code: DiagnosticCode,
        at range: SourceRange,
        _ message: String,
        notes: [Diagnostic.Note] = [],
        suggestion: String? = nil
    ) {
        add(
            Diagnostic(
                code: code, severity: .warning, range: range, message: message, notes: notes,
                suggestion: suggestion))
    }

    /// All diagnostics by file, then position, then order of arrival. What was reported twice, because
    /// an alias brought the same text to two places, appears once.
    ///
    /// - Complexity: O(*n* log *n*).
    package func ordered() -> [Diagnostic] {
        Self.ordered(kept.sorted { $0.arrival < $1.arrival }.map(\.diagnostic))
    }

    /// Orders diagnostics of several origins as ``ordered()`` does.
    package static func ordered(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        let sorted = diagnostics.enumerated().sorted { lhs, rhs in
            let (left, right) = (lhs.element.range, rhs.element.range)
            if left.file != right.file { return left.file < right.file }
            if left.start != right.start { return left.start < right.start }
            return lhs.offset < rhs.offset
        }
        var result: [Diagnostic] = []
        for (_, diagnostic) in sorted where !repeats(diagnostic, in: result) {
            result.append(diagnostic)
        }
        return result
    }

    /// Whether one of the last few, which are at the same place, says the same.
    private static func repeats(_ diagnostic: Diagnostic, in earlier: [Diagnostic]) -> Bool {
        for candidate in earlier.reversed() {
            guard candidate.range.start == diagnostic.range.start,
                candidate.range.file == diagnostic.range.file
            else { return false }
            if candidate == diagnostic { return true }
        }
        return false
    }
}

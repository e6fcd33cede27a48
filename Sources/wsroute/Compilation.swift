import Diagnostics
import RouteCompiler

/// What became of one configuration: its table, or why there is none.
struct Compilation {
    let sources: SourceList
    /// In the order of the source.
    let diagnostics: [Diagnostic]
    /// Diagnostics that were left out because there were too many.
    let omittedCount: Int
    /// How a run ends that has no table.
    let failureStatus: ExitStatus
    /// Nil where there is an error, or a warning and warnings count.
    let table: CompiledTable?

    /// The diagnostics as `compile` and `run` print them. Notes are advice, which `check` gives.
    var report: String {
        let text = DiagnosticFormat.text.render(
            diagnostics.filter { $0.severity != .note }, of: sources)
        return omittedCount == 0 ? text : text + "and \(omittedCount) more\n"
    }

    /// `no warnings`, `1 warning`, `2 warnings`
    var warningText: String {
        switch diagnostics.count(where: { $0.severity == .warning }) {
        case 0: "no warnings"
        case 1: "1 warning"
        case let count: "\(count) warnings"
        }
    }
}

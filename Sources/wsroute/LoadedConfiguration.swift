import Diagnostics
import RouteCompiler
import RouteSyntax
import RouteTable
import TableFormat
import Validate

/// A configuration that was read and validated, with all that is to say about it.
struct LoadedConfiguration {
    private let result: ValidationResult

    /// - Throws: A failure if the main file can't be read.
    init(path: String) throws(CommandFailure) {
        do {
            result = try ConfigurationReader.read(
                path, from: DiskFiles(), environment: .ofProcess, endsSoon: true)
        } catch {
            throw CommandFailure(
                message: "\(error.path): can't read: \(error.reason)", status: .misuse)
        }
        if let main = result.sources.texts.first, main.bytes.starts(with: TableHeader.magic) {
            throw CommandFailure(
                message: "\(path): it is a route table, not a configuration (`wsroute dump` shows "
                    + "what is in it, `--routes` takes it)", status: .misuse)
        }
    }

    /// A configuration without a file. Messages name it `name`.
    init(name: String, text: String) {
        do {
            result = try ConfigurationReader.read(
                name, from: MemoryFile(text: text), environment: Environment())
        } catch {
            preconditionFailure("text in memory can always be read")
        }
    }

    /// The files that it stands in.
    var paths: [String] { result.sources.texts.map(\.name) }

    /// How a run ends that only the input keeps from its work.
    var failureStatus: ExitStatus { result.hasUnreadableFile ? .misuse : .faultyInput }

    /// Makes the table.
    ///
    /// - Parameters:
    ///   - allowsInert: What has no effect yet draws a warning and not an error.
    ///   - isStrict: A warning keeps the table from being made.
    ///   - ceilings: What one request may cost at most.
    func compiled(
        allowsInert: Bool, isStrict: Bool, ceilings: WorstCaseCeilings = .standard
    ) -> Compilation {
        var diagnostics = result.diagnostics(inertSeverity: allowsInert ? .warning : .error)
        var omittedCount = result.omittedCount
        var table: CompiledTable?
        func add(_ problems: [CompileProblem], _ findings: ProofFindings) {
            diagnostics += problems.map { diagnostic(of: $0) } + findings.diagnostics
            omittedCount += findings.omittedCount
        }
        if let configuration = result.configuration, !hasErrors(diagnostics) {
            do {
                let compiled = try RouteCompiler.compile(
                    configuration, ceilings: ceilings, endsSoon: true)
                add([], compiled.findings)
                table = compiled
            } catch {
                add(error.problems, error.findings)
            }
        } else if let part = result.soundPart {
            let (problems, findings) = RouteCompiler.review(part)
            add(problems, findings)
        }
        let isRefused =
            hasErrors(diagnostics) || (isStrict && diagnostics.contains { $0.severity == .warning })
        return Compilation(
            sources: result.sources, diagnostics: DiagnosticSink.ordered(diagnostics),
            omittedCount: omittedCount, failureStatus: failureStatus,
            table: isRefused ? nil : table)
    }

    private func hasErrors(_ diagnostics: [Diagnostic]) -> Bool {
        diagnostics.contains { $0.severity == .error }
    }

    /// The table in memory, for commands that ask it questions.
    ///
    /// - Throws: A failure if there is none; the reasons have then been reported.
    func loadedTable() throws(CommandFailure) -> LoadedTable {
        let bytes = try tableBytes()
        do {
            return try LoadedTable(checking: bytes, isTrusted: true)
        } catch {
            preconditionFailure("the compiler made a table that is refused: \(error.message)")
        }
    }

    /// The bytes of the table.
    ///
    /// - Throws: A failure if there is none; the reasons have then been reported.
    func tableBytes() throws(CommandFailure) -> [UInt8] {
        let compilation = compiled(allowsInert: true, isStrict: false)
        guard let table = compilation.table else {
            Output.report(compilation.report)
            throw CommandFailure(
                message: "the configuration has errors", status: failureStatus)
        }
        return table.bytes
    }

    /// The whole configuration has the place of the beginning of its main file.
    private func diagnostic(of problem: CompileProblem) -> Diagnostic {
        let main = SourceFile(index: 0)
        return Diagnostic(
            code: problem.code, severity: .error,
            range: problem.range ?? result.sources[main].range(0..<0, in: main),
            message: problem.message)
    }
}

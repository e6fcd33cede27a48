import Arguments
import Diagnostics
import RouteSyntax
import RouteTable
import RouteTests
import Validate

/// `wsroute test TESTS…`
enum TestCommand {
    static let declaration = Command(
        "test", summary: "Hold routes against expectations.",
        details: """
            Each test names a request and what must become of it. The verdicts are those of the matcher
            that wsproxy runs. Also told: routes that no test reaches, and outcomes of conditions that
            no test sees.
            """,
        positionals: [.any("TESTS", "A file of tests, YAML.")],
        options: [
            .value("config", "CONFIG", "Test this configuration."),
            .value("routes", "FILE", "Test this table."),
            .value(
                "format", "text|json|junit", "Form of the output (default: text).",
                choices: ["text", "json", "junit"]),
            .value(
                "fail-under", "PERCENT", "Fail if tests reach fewer of the routes, such as 95.5."),
            .flag(
                "generate",
                "Write TESTS, or standard output, with a request for each route instead of testing."
            ),
        ])

    static func run(_ arguments: ParsedArguments) throws -> ExitStatus {
        if arguments.flag("generate") { return try generate(arguments) }
        guard !arguments.positionals.isEmpty else { throw arguments.misuse("TESTS is missing") }
        let percentMin = try percentMin(of: arguments)
        let tests = try tests(of: arguments.positionals)
        let table = try TableChoice.table(of: arguments)
        let run = RouteTestRun(tests, against: table, percentMin: percentMin)
        switch arguments.value("format") {
        case "json": try Output.print(run.json + "\n")
        case "junit": try Output.print(run.junit)
        default: try Output.print(run.text)
        }
        return run.isPassed ? .fine : .faultyInput
    }

    /// Says which routes have no test to standard error: the file says so too.
    private static func generate(_ arguments: ParsedArguments) throws -> ExitStatus {
        guard arguments.positionals.count <= 1 else {
            throw arguments.misuse("--generate writes one file")
        }
        for option in ["format", "fail-under"] where arguments.value(option) != nil {
            throw arguments.misuse("--generate and --\(option) exclude each other")
        }
        let origin = arguments.value("config") ?? arguments.value("routes") ?? ""
        let generated = GeneratedTests(from: try TableChoice.table(of: arguments), origin: origin)
        if let path = arguments.positionals.first {
            try NewFile.write(generated.text, to: path)
            try Output.print(
                "\(path): \(generated.testCount) test\(generated.testCount == 1 ? "" : "s")\n")
        } else {
            try Output.print(generated.text)
        }
        for line in generated.missing { Output.report("no request was found for \(line)\n") }
        return .fine
    }

    private static func percentMin(of arguments: ParsedArguments) throws -> Double? {
        guard let text = arguments.value("fail-under") else { return nil }
        let isDecimal = text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E }
        guard isDecimal, let percent = Double(text), percent <= 100 else {
            throw arguments.badValue("fail-under", text, expected: "a number from 0 to 100")
        }
        return percent
    }

    /// - Throws: A failure if a file can't be read or has errors; those have then been reported.
    private static func tests(of paths: [String]) throws(CommandFailure) -> [RouteTest] {
        var sources = SourceList()
        var sink = DiagnosticSink()
        var tests: [RouteTest] = []
        for path in paths {
            let bytes: [UInt8]
            do throws(FileSourceError) {
                bytes = try DiskFiles().contents(
                    ofFile: path, byteCountMax: SyntaxLimits.fileByteCountMax)
            } catch {
                throw CommandFailure(
                    message: "\(path): can't read: \(error.reason)", status: .misuse)
            }
            let source = SourceText(name: path, bytes: bytes)
            let file = sources.add(source)
            tests += RouteTestReader.read(source, as: file, environment: .ofProcess, into: &sink)
        }
        Output.report(DiagnosticFormat.text.render(sink.ordered(), of: sources))
        if sink.omittedCount > 0 { Output.report("and \(sink.omittedCount) more\n") }
        guard !sink.hasErrors else {
            throw CommandFailure(message: "the tests have errors", status: .faultyInput)
        }
        return tests
    }
}

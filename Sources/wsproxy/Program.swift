import Arguments
import Glibc
import Runtime
import TableFormat

/// wsproxy: reads the command line and runs the proxy.
enum Program {
    /// Options that are promised but not there yet. Refused by name rather than as unknown.
    private static let missingOptions = ["--admin"]

    /// - Parameter arguments: The program's own name first.
    /// - Returns: The status to exit with.
    static func run(_ arguments: [String]) -> Int32 {
        if let option = missingOption(in: arguments) {
            printError("wsproxy: this version does not have \(option)\n")
            return 2
        }
        switch command.interpret(arguments.dropFirst()) {
        case .answer(let text):
            print(text, terminator: "")
            return 0
        case .misuse(let error):
            printError(error.report)
            return 2
        case .run(let parsed):
            do throws(UsageError) {
                return ProxyServer.run(try options(from: parsed))
            } catch {
                printError(error.report)
                return 2
            }
        }
    }

    private static func missingOption(in arguments: [String]) -> String? {
        missingOptions.first { option in
            arguments.contains { $0 == option || $0.hasPrefix(option + "=") }
        }
    }

    private static func options(from parsed: ParsedArguments) throws(UsageError) -> ProxyOptions {
        guard let path = parsed.value("routes") else {
            preconditionFailure("--routes is declared as required")
        }
        var options = ProxyOptions(routesPath: path)
        for text in parsed.values("listen") {
            guard let listen = ListenOption(parsing: text) else {
                throw parsed.badValue(
                    "listen", text,
                    expected:
                        "an address with a port, such as 127.0.0.1:8080, [::1]:8080 or *:8080=80")
            }
            options.listen.append(listen)
        }
        options.workerCount = try parsed.integer("workers", in: 1...ProxyOptions.workerCountMax)
        options.checksOnly = parsed.flag("check")
        options.verificationKeyPath = parsed.value("verify-key")
        options.affinityKeyPath = parsed.value("affinity-key")
        options.pidPath = parsed.value("pid-file")
        if parsed.value("log-format") == "json" { options.logFormat = .json }
        if let name = parsed.value("log-level") {
            options.logLevel = LogLevel.allCases.first { "\($0.name)" == name } ?? options.logLevel
        }
        for kind in WorstCaseCeilings.Kind.allCases {
            guard let count = try parsed.integer(kind.rawValue, in: 0...Int(UInt32.max)) else {
                continue
            }
            options.ceilings[kind] = UInt32(count)
        }
        if let milliseconds = try parsed.milliseconds("drain-timeout") {
            options.drainMilliseconds = milliseconds
        }
        return options
    }

    private static func printError(_ text: String) {
        let bytes = Array(text.utf8)
        // SAFETY: the count is the array's. Nobody could be told of a failure.
        _ = unsafe write(STDERR_FILENO, bytes, bytes.count)
    }
}

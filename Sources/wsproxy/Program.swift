import Arguments
import Glibc
import Runtime
import TableFormat

/// wsproxy: reads the command line and runs the proxy.
enum Program {
    /// - Parameter arguments: The program's own name first.
    /// - Returns: The status to exit with.
    static func run(_ arguments: [String]) -> Int32 {
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
        try readAdmin(parsed, &options)
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

    private static func readAdmin(
        _ parsed: ParsedArguments, _ options: inout ProxyOptions
    ) throws(UsageError) {
        options.adminTokenPath = parsed.value("admin-token-file")
        guard let text = parsed.value("admin") else {
            guard options.adminTokenPath == nil else {
                throw parsed.misuse("--admin-token-file needs --admin")
            }
            return
        }
        guard let address = AdminAddress(parsing: text) else {
            throw parsed.badValue(
                "admin", text,
                expected:
                    "an address with a port, such as 127.0.0.1:9901, or unix:PATH with a path of at"
                    + " most \(AdminAddress.pathByteCountMax) bytes")
        }
        guard address.isLocal || options.adminTokenPath != nil else {
            throw parsed.misuse(
                "--admin \(text) can be reached from other machines: give --admin-token-file, or"
                    + " a loopback address such as 127.0.0.1:9901, or unix:PATH")
        }
        options.admin = address
    }

    private static func printError(_ text: String) {
        let bytes = Array(text.utf8)
        // SAFETY: the count is the array's. Nobody could be told of a failure.
        _ = unsafe write(STDERR_FILENO, bytes, bytes.count)
    }
}

internal import Arguments
internal import Glibc

let program = Command(
    "wsorigin",
    summary: "A small backend that speaks HTTP, WebSocket and server-sent events, well and badly.",
    version: "0.1.0",
    details: """
        For demonstrations, tests and benchmarks of wsproxy. Prints one line with its address
        when it is ready and serves until SIGTERM or SIGINT.
        """,
    options: [
        .value(
            "listen", "ADDR:PORT", "Where to listen; port 0 lets the system choose.",
            isRequired: true),
        .value("tls-certificate", "FILE", "PEM file; all connections are then TLS."),
        .value("tls-key", "FILE", "PEM file with the key of the certificate."),
        .value(
            "tick", "TIME", "Time between two server-sent events, such as 500ms; 1s if not given."),
    ],
    sections: [
        .init("Paths", OriginPaths.description),
        .init(
            "Exit status",
            "0  ended by a signal\n1  a file or an address is of no use\n2  wrong usage"),
    ])

switch program.interpret(CommandLine.arguments.dropFirst()) {
case .answer(let text):
    print(text, terminator: "")
case .misuse(let error):
    finish(error.report, status: 2)
case .run(let arguments):
    do {
        try OriginProgram(arguments).run()
    } catch let error as UsageError {
        finish(error.report, status: 2)
    } catch let error as TLSContext.Failure {
        finish("wsorigin: \(error.message)\n", status: 1)
    } catch let error as SystemError {
        finish("wsorigin: \(error.message)\n", status: 1)
    }
}

func finish(_ message: String, status: Int32) -> Never {
    let bytes = Array(message.utf8)
    // SAFETY: the count is that of the bytes.
    _ = unsafe write(STDERR_FILENO, bytes, bytes.count)
    exit(status)
}

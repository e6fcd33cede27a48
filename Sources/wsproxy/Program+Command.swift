import Arguments
import Runtime
import TableFormat

extension Program {
    /// The command line of wsproxy.
    static let command = Command(
        "wsproxy",
        summary: "Runs a compiled route table as a proxy for WebSockets, SSE and HTTP.",
        version: ProxyServer.version,
        details: """
            The table is made by wsroute compile. One line on standard output says that the proxy
            is ready; the access log follows there. Events and errors go to standard error.
            """,
        options: [
            .value("routes", "FILE", "The route table.", isRequired: true),
            .value(
                "verify-key", "KEYFILE",
                "Refuse tables that this Ed25519 key has not signed (wsroute compile --sign)."),
            .value(
                "affinity-key", "FILE",
                "Sign affinity cookies with what FILE holds, so that several machines share them."),
            .repeated(
                "listen", "ADDR:PORT[=CONFIGPORT]",
                "Listen here instead of on the table's listeners, as if it were CONFIGPORT."),
            .value(
                "workers", "N",
                "Number of worker threads (default: the table's, else one per core)."),
            .value(
                "admin", "ADDR:PORT|unix:PATH",
                "Where metrics, health and status are asked for (default: nowhere)."),
            .value(
                "admin-token-file", "FILE",
                "Ask for this token there; needed for any but a loopback address or a socket."),
            .flag("check", "Load and verify the table and all it names, then exit."),
            .value("log-format", "FORMAT", "Form of the log lines.", choices: ["text", "json"]),
            .value(
                "log-level", "LEVEL", "How much to log; info has the access log (default).",
                choices: ["error", "warning", "notice", "info", "debug"]),
            .value("drain-timeout", "TIME", "How long to let requests finish (default 30s)."),
            .value("pid-file", "FILE", "Where to write the process number."),
        ]
            + WorstCaseCeilings.Kind.allCases.map { kind in
                .value(
                    kind.rawValue, "N",
                    "Refuse a table where one request may take more \(kind.unit).")
            },
        sections: [
            Command.Section(
                "Signals",
                """
                SIGHUP          load the table file again; a table that is refused changes nothing
                SIGTERM SIGINT  stop accepting, let requests finish, exit 0; a second ends at once
                """),
            Command.Section(
                "Exit status",
                """
                0  ended by a signal, or the check found nothing wrong
                1  the table, a file that it names, or an address cannot be used
                2  wrong usage
                """),
        ])
}

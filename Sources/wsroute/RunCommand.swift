import Arguments
import RouteCompiler

/// `wsroute run CONFIG`, and `wsroute run --upstream URL --listen PORT` without a file.
enum RunCommand {
    /// What is handed to wsproxy as it is.
    private static let proxyOptions: [CommandOption] = [
        .value("workers", "N", "Worker threads (default: as the configuration says)."),
        .flag("check", "Let wsproxy check the table, and end."),
        .value("log-format", "text|json", "Form of the logs.", choices: ["text", "json"]),
        .value("log-level", "L", "How much is logged."),
        .value("drain-timeout", "TIME", "How long requests may take after SIGTERM."),
        .value("pid-file", "FILE", "Where to write the process id."),
        .value("admin", "ADDR:PORT|unix:PATH", "Where metrics, the page and status are asked for."),
        .value("admin-token-file", "FILE", "Ask for this token there."),
        .value("affinity-key", "FILE", "Sign affinity cookies with what FILE holds."),
        .value(
            "verify-key", "KEYFILE", "Refuse the table: no key has signed it."),
    ]

    static let declaration = Command(
        "run", summary: "Compile a configuration and run wsproxy with it.",
        details: """
            The table is kept in a folder of the user's own and this process becomes wsproxy. Without a
            configuration, --upstream makes one in which every request goes to one backend.
            """,
        positionals: [.optional("CONFIG", "The configuration, a YAML file.")],
        options: [
            .value("upstream", "URL", "Send every request here, such as wss://example.com:443."),
            .repeated(
                "listen", "ADDR:PORT",
                "Where to listen; with --upstream also just a port (default: 8080)."),
            .flag("strict", "Warnings count as errors."),
            .allowInert,
        ] + CommandOption.ceilings + proxyOptions)

    static func run(_ arguments: ParsedArguments) throws -> ExitStatus {
        let loaded: LoadedConfiguration
        var proxyArguments = arguments.arguments(of: proxyOptions.map(\.name))
        switch (arguments.positionals.first, arguments.value("upstream")) {
        case (let path?, nil):
            loaded = try LoadedConfiguration(path: path)
            proxyArguments += arguments.arguments(of: ["listen"])
        case (nil, let upstream?):
            let simple = try SimpleConfiguration(
                upstream: upstream, listen: arguments.values("listen"), arguments)
            loaded = LoadedConfiguration(name: "--upstream", text: simple.yaml)
        case (nil, nil): throw arguments.misuse("CONFIG or --upstream is missing")
        case (_?, _?): throw arguments.misuse("CONFIG and --upstream exclude each other")
        }
        let compilation = loaded.compiled(
            allowsInert: arguments.flag("allow-inert"), isStrict: arguments.flag("strict"),
            ceilings: try arguments.ceilings())
        Output.report(compilation.report)
        guard let table = compilation.table else { return compilation.failureStatus }
        let path = try RunFolder.keep(table)
        throw ProxyProgram.become(arguments: ["--routes", path] + proxyArguments)
    }
}

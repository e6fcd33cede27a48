import Arguments
import RouteTable

/// `wsroute diff OLD NEW`
enum DiffCommand {
    static let declaration = Command(
        "diff", summary: "Tell what changes for requests from one table to another.",
        details: """
            OLD and NEW are tables or configurations. Rules are compared by host, port, pattern and
            conditions. Each difference comes with a request, if one is found, that both matchers were
            asked about.
            """,
        positionals: [
            .one("OLD", "A table or a configuration."), .one("NEW", "What follows it."),
        ],
        options: [
            .value(
                "format", "text|json", "Form of the output (default: text).",
                choices: ["text", "json"]),
            .repeated(
                "deny", "middleware-lost", "End with 1 if a middleware is lost, or may be.",
                choices: ["middleware-lost"]),
        ])

    static func run(_ arguments: ParsedArguments) throws -> ExitStatus {
        let old = try table(arguments.positionals[0])
        let new = try table(arguments.positionals[1])
        let diff = TableDiff(from: old, to: new)
        try Output.print(arguments.value("format") == "json" ? diff.json + "\n" : diff.text)
        let mayLose = diff.losesMiddleware || diff.mayLoseMiddleware
        let isDenied = !arguments.values("deny").isEmpty && mayLose
        return isDenied ? .faultyInput : .fine
    }

    /// A file that begins as a table is one; everything else is read as a configuration.
    private static func table(_ path: String) throws(CommandFailure) -> LoadedTable {
        try TableFile.isTable(path)
            ? TableFile.open(path) : LoadedConfiguration(path: path).loadedTable()
    }
}

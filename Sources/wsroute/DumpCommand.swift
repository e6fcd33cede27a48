import Arguments
import RouteTable

/// `wsroute dump FILE`
enum DumpCommand {
    static let declaration = Command(
        "dump", summary: "Print everything that a route table holds.",
        positionals: [.one("FILE", "The table.")],
        options: [
            .value(
                "format", "text|json", "Form of the output (default: text).",
                choices: ["text", "json"])
        ])

    static func run(_ arguments: ParsedArguments) throws -> ExitStatus {
        let table = try TableFile.open(arguments.positionals[0])
        let dump = TableDump(of: table)
        try Output.print(arguments.value("format") == "json" ? dump.json + "\n" : dump.text)
        return .fine
    }
}

import Arguments
import RouteTable

/// `wsroute verify FILE`
enum VerifyCommand {
    static let declaration = Command(
        "verify", summary: "Check that a file is a sound route table.",
        details: "Does what wsproxy does before it uses a table, and says what was checked.",
        positionals: [.one("FILE", "The table.")])

    static func run(_ arguments: ParsedArguments) throws -> ExitStatus {
        let table = try TableFile.open(arguments.positionals[0])
        try Output.print(TableReport(of: table).text)
        return .fine
    }
}

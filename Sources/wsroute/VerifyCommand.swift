import Arguments
import RouteTable

/// `wsroute verify FILE`
enum VerifyCommand {
    static let declaration = Command(
        "verify", summary: "Check that a file is a sound route table.",
        details: "Does what wsproxy does before it uses a table, and says what was checked.",
        positionals: [.one("FILE", "The table.")])

    static func run(_ arguments: ParsedArguments) throws -> ExitStatus {
        let path = arguments.positionals[0]
        let report = TableReport(of: try TableFile.open(path))
        guard report.isGenuine else {
            throw CommandFailure(
                message: "\(path): its content does not fit its digest", status: .faultyInput)
        }
        try Output.print(report.text)
        return .fine
    }
}

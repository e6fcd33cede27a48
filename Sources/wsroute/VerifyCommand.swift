import Arguments
import RouteTable

/// `wsroute verify FILE [--key PUBLIC] [--config CONFIG]`
enum VerifyCommand {
    static let declaration = Command(
        "verify", summary: "Check that a file is a sound route table.",
        details: """
            Does what wsproxy does before it uses a table, checks the SHA-256 of every section, and says
            what was checked. With --key the table has to be signed by that key; with --config it has to
            be what that configuration gives today: if it is not, what differs is told as diff tells it.
            """,
        positionals: [.one("FILE", "The table.")],
        options: [
            .value("key", "KEYFILE", "The Ed25519 public key that has to have signed the table."),
            .value("config", "CONFIG", "The configuration that the table has to come from."),
        ],
        sections: [
            Command.Section(
                "Exit status",
                """
                0  all that was asked for holds
                1  the table is damaged, not signed by the key, or not that of the configuration,
                   or the configuration has errors
                2  wrong usage, or a file can't be read
                """)
        ])

    static func run(_ arguments: ParsedArguments) throws -> ExitStatus {
        let path = arguments.positionals[0]
        let key = try arguments.value("key").map(key)
        let table = try TableFile.open(path)
        if let key {
            do throws(TableError) {
                try table.checkSignature(by: key)
            } catch {
                throw CommandFailure(message: "\(path): \(error.message)", status: .faultyInput)
            }
        }
        let report = TableReport(of: table, isSignatureChecked: key != nil)
        guard report.isGenuine else {
            throw CommandFailure(
                message: "\(path): its content does not fit its digest", status: .faultyInput)
        }
        try Output.print(report.text)
        if let source = arguments.value("config") { try compare(table, path, with: source) }
        return .fine
    }

    private static func key(_ path: String) throws(CommandFailure) -> VerificationKey {
        do throws(VerificationKeyError) {
            return try VerificationKey(path: path)
        } catch {
            throw CommandFailure(message: "\(path): \(error.message)", status: .misuse)
        }
    }

    /// Compiles the configuration again. Equal configurations give equal digests.
    private static func compare(
        _ table: borrowing LoadedTable, _ path: String, with source: String
    ) throws(CommandFailure) {
        let expected = try LoadedConfiguration(path: source).loadedTable()
        guard table.digest != expected.digest else {
            try Output.print("\(source) gives this table\n")
            return
        }
        try Output.print(TableDiff(from: table, to: expected).text)
        throw CommandFailure(
            message: "\(path): not the table of \(source), which has the digest "
                + "\(expected.digestText)", status: .faultyInput)
    }
}

import Arguments

/// The command line of wsroute.
enum Program {
    static let version = "0.1.0"

    static let declaration = Command(
        "wsroute", summary: "Checks route configurations and makes route tables for wsproxy.",
        version: version,
        subcommands: [
            CompileCommand.declaration, CheckCommand.declaration, ExplainCommand.declaration,
            TestCommand.declaration, DumpCommand.declaration, VerifyCommand.declaration,
            DiffCommand.declaration, BenchCommand.declaration, RunCommand.declaration,
            SchemaCommand.declaration, AlertsCommand.declaration,
        ],
        sections: [exitSection])

    private static let exitSection = Command.Section(
        "Exit status",
        """
        0  fine
        1  the input has errors, or warnings with --strict, or a test failed,
           or diff found what --deny names
        2  wrong usage, or a file can't be read or written
        """)

    /// Does what the command line asks for.
    static func run(_ arguments: ParsedArguments) -> ExitStatus {
        do {
            return try perform(arguments)
        } catch let failure as CommandFailure {
            Output.report("wsroute: \(failure.message)\n")
            return failure.status
        } catch let error as UsageError {
            Output.report(error.report)
            return .misuse
        } catch {
            preconditionFailure("a command failed in a way that no command declares: \(error)")
        }
    }

    private static func perform(_ arguments: ParsedArguments) throws -> ExitStatus {
        switch arguments.command.first {
        case CompileCommand.declaration.name: try CompileCommand.run(arguments)
        case CheckCommand.declaration.name: try CheckCommand.run(arguments)
        case ExplainCommand.declaration.name: try ExplainCommand.run(arguments)
        case TestCommand.declaration.name: try TestCommand.run(arguments)
        case DumpCommand.declaration.name: try DumpCommand.run(arguments)
        case VerifyCommand.declaration.name: try VerifyCommand.run(arguments)
        case DiffCommand.declaration.name: try DiffCommand.run(arguments)
        case BenchCommand.declaration.name: try BenchCommand.run(arguments)
        case RunCommand.declaration.name: try RunCommand.run(arguments)
        case SchemaCommand.declaration.name: try SchemaCommand.run(arguments)
        case AlertsCommand.declaration.name: try AlertsCommand.run(arguments)
        default: preconditionFailure("a command that is not declared")
        }
    }
}

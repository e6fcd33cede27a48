import Arguments
import Diagnostics
import RouteCompiler

/// `wsroute compile CONFIG -o FILE`
enum CompileCommand {
    static let declaration = Command(
        "compile", summary: "Make a route table from a configuration.",
        details: """
            The table is written beside FILE and renamed, so that a reader never sees half of it. Equal
            configurations give equal bytes.
            """,
        positionals: [.one("CONFIG", "The configuration, a YAML file.")],
        options: [
            .value("output", short: "o", "FILE", "Where to write the table.", isRequired: true),
            .flag("strict", "Warnings count as errors."),
            .allowInert,
        ] + CommandOption.ceilings)

    static func run(_ arguments: ParsedArguments) throws -> ExitStatus {
        let source = arguments.positionals[0]
        guard let output = arguments.value("output") else {
            preconditionFailure("--output is required by the declaration")
        }
        let loaded = try LoadedConfiguration(path: source)
        let compilation = loaded.compiled(
            allowsInert: arguments.flag("allow-inert"), isStrict: arguments.flag("strict"),
            ceilings: try arguments.ceilings())
        Output.report(compilation.report)
        guard let table = compilation.table else { return compilation.failureStatus }
        try TableWriter.write(table.bytes, to: output)
        try Output.print("\(output): \(table.summary), \(compilation.warningText)\n")
        return .fine
    }
}

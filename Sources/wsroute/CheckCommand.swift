import Arguments
import Diagnostics

/// `wsroute check CONFIG…`
enum CheckCommand {
    static let declaration = Command(
        "check", summary: "Report everything that is wrong with configurations.",
        details: "All problems of all files are reported in one run, ordered by place.",
        positionals: [.many("CONFIG", "A configuration, a YAML file.")],
        options: [
            .value(
                "format", "text|json|sarif|github", "Form of the output (default: text).",
                choices: DiagnosticFormat.allCases.map(\.rawValue)),
            .flag("strict", "Warnings count as errors."),
        ] + CommandOption.ceilings)

    static func run(_ arguments: ParsedArguments) throws -> ExitStatus {
        let format = arguments.value("format").flatMap(DiagnosticFormat.init(rawValue:)) ?? .text
        var all = CheckReport()
        let ceilings = try arguments.ceilings()
        // A table is made as well: some limits show only there.
        for path in arguments.positionals {
            do throws(CommandFailure) {
                all.add(
                    try LoadedConfiguration(path: path).compiled(
                        allowsInert: true, isStrict: false, ceilings: ceilings))
            } catch {
                // The others are checked all the same.
                all.addUnreadable()
                Output.report("wsroute: \(error.message)\n")
            }
        }
        try Output.print(all.text(as: format))
        if format != .text { Output.report(all.omission) }
        if all.hasUnreadableFile { return .misuse }
        let isFaulty = all.hasErrors || (arguments.flag("strict") && all.hasWarnings)
        return isFaulty ? .faultyInput : .fine
    }
}

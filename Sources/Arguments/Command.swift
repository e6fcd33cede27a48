/// What a program, or one subcommand of it, takes on its command line.
///
/// One declaration serves the reader of arguments, `--help`, `--version`, the completion scripts
/// (`--completion bash|zsh|fish`) and the man page (`--man`); these four options are always there.
///
///     let program = Command(
///         "wsroute", summary: "Compiles routes.", version: "0.1.0",
///         subcommands: [
///             Command(
///                 "compile", summary: "Writes a table.",
///                 positionals: [.one("CONFIG", "The YAML file.")],
///                 options: [
///                     .value("output", short: "o", "FILE", "Where to write.", isRequired: true),
///                     .value("format", "text|json", "Form of the messages.", choices: ["text", "json"]),
///                     .repeated("header", short: "H", "K: V", "A request header."),
///                     .flag("strict", "Warnings count as errors."),
///                 ])
///         ])
///     switch program.interpret(CommandLine.arguments.dropFirst()) {
///     case .answer(let text): print(text, terminator: "")             // --help and its like: exit 0
///     case .misuse(let error): print(error.report)                    // to standard error: exit 2
///     case .run(let arguments):
///         arguments.command                                           // ["compile"]
///         arguments.positionals[0]                                    // the CONFIG
///         arguments.value("output"), arguments.values("header"), arguments.flag("strict")
///     }
///
/// Options are accepted as `--name value`, `--name=value`, `-n value`, `-nvalue`, and flags also as
/// `-abc`. `--` ends them; `-` alone is a positional. An option and a positional may be mixed.
package struct Command: Sendable {
    /// A titled paragraph that closes the help and the man page.
    package struct Section: Equatable, Sendable {
        /// Such as `Exit status`.
        package let title: String
        /// Plain text. Lines are kept as they are.
        package let text: String

        package init(_ title: String, _ text: String) {
            self.title = title
            self.text = text
        }
    }

    /// The word that names it: the program, or the subcommand.
    package let name: String
    /// One sentence.
    package let summary: String
    /// What `--version` says. Of the program; subcommands leave it empty.
    package let version: String
    /// Paragraphs behind the summary. May be empty.
    package let details: String
    /// What comes without a dash, in order.
    package let positionals: [Positional]
    /// The options of this command alone. The ones that every command has are not among them.
    package let options: [CommandOption]
    /// Commands below this one. A command that has any takes no positionals.
    package let subcommands: [Command]
    /// What the help says last.
    package let sections: [Section]

    /// - Precondition: No name is used twice, only the last positional may be left out or repeated,
    ///   subcommands have none of their own, and a command with subcommands has no positionals.
    package init(
        _ name: String,
        summary: String,
        version: String = "",
        details: String = "",
        positionals: [Positional] = [],
        options: [CommandOption] = [],
        subcommands: [Command] = [],
        sections: [Section] = []
    ) {
        self.name = name
        self.summary = summary
        self.version = version
        self.details = details
        self.positionals = positionals
        self.options = options
        self.subcommands = subcommands
        self.sections = sections
        checkDeclaration()
    }

    /// The declared options and the four that every command has.
    package var allOptions: [CommandOption] { options + Self.commonOptions }

    static let commonOptions: [CommandOption] = [
        .flag("help", short: "h", "Show this help."),
        .flag("version", "Show the version."),
        .value(
            "completion", "SHELL", "Print a completion script.", choices: ["bash", "zsh", "fish"]),
        .flag("man", "Print the man page (roff)."),
    ]

    private func checkDeclaration() {
        var names: Set<String> = []
        for option in allOptions {
            precondition(
                names.insert("--" + option.name).inserted, "--\(option.name) is declared twice")
            guard let short = option.short else { continue }
            precondition(names.insert("-\(short)").inserted, "-\(short) is declared twice")
        }
        for positional in positionals.dropLast() {
            precondition(
                positional.isRequired && !positional.isRepeated,
                "only the last positional may be left out or repeated, not \(positional.name)")
        }
        for subcommand in subcommands {
            precondition(
                names.insert(subcommand.name).inserted, "\(subcommand.name) is declared twice")
        }
        precondition(
            subcommands.allSatisfy(\.subcommands.isEmpty),
            "\(name) has subcommands of subcommands; one level is all there is")
        precondition(
            subcommands.isEmpty || positionals.isEmpty,
            "\(name) has subcommands and positionals; one of them could not be reached")
    }
}

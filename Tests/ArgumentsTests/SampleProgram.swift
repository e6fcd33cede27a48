import Arguments

/// A program with every kind of declaration.
enum SampleProgram {
    static let command = Command(
        "sample", summary: "Does things.", version: "1.2.3", details: "It really does.",
        subcommands: [
            Command(
                "make", summary: "Makes a file.",
                positionals: [.one("CONFIG", "What to make."), .optional("EXTRA", "And more.")],
                options: [
                    .value("output", short: "o", "FILE", "Where to write.", isRequired: true),
                    .value("format", "text|json", "The form.", choices: ["text", "json"]),
                    .value("workers", "N", "How many."),
                    .value("drain-timeout", "TIME", "How long."),
                    .repeated("header", short: "H", "K: V", "A field."),
                    .flag("strict", short: "s", "No warnings."),
                    .flag("quiet", short: "q", "No output."),
                ]),
            Command(
                "check", summary: "Checks files.", positionals: [.many("FILE", "What to check.")]),
        ],
        sections: [.init("Exit status", "0  fine\n2  wrong usage")])

    /// Reads words that must make sense.
    static func read(_ words: String...) throws -> ParsedArguments {
        switch command.interpret(words) {
        case .run(let arguments): return arguments
        case .misuse(let error): throw error
        case .answer(let text): throw UsageError(command: "sample", reason: .rule(text))
        }
    }

    /// Reads words that must not make sense.
    static func misuse(_ words: [String]) -> UsageError? {
        if case .misuse(let error) = command.interpret(words) { error } else { nil }
    }

    /// Reads words that ask for a text.
    static func answer(_ words: String...) -> String? {
        if case .answer(let text) = command.interpret(words) { text } else { nil }
    }
}

/// Walks the arguments of one command from left to right.
struct ArgumentReader {
    /// How the walk ended.
    enum End {
        case arguments(ParsedArguments)
        /// A subcommand was named; the rest is for it.
        case subcommand(Command, rest: ArraySlice<String>)
        /// `--help` or one of its like was met. The first one counts; what follows is not read.
        case answer(CommandOption, value: String)
    }

    private let command: Command
    private let path: [String]
    private let declared: [String: CommandOption]
    private var rest: ArraySlice<String>
    private var given: [String: [String]] = [:]
    private var positionals: [String] = []
    private var answer: (option: CommandOption, value: String)?

    /// - Parameter path: The program's name and the subcommands so far, this command's name last.
    init(_ command: Command, path: [String], arguments: ArraySlice<String>) {
        self.command = command
        self.path = path
        self.rest = arguments
        self.declared = Dictionary(uniqueKeysWithValues: command.allOptions.map { ($0.name, $0) })
    }

    mutating func read() throws(UsageError) -> End {
        var optionsEnded = false
        while let argument = rest.popFirst() {
            if optionsEnded || argument == "-" || !argument.hasPrefix("-") {
                if !command.subcommands.isEmpty { return try subcommand(argument) }
                try take(positional: argument)
            } else if argument == "--" {
                optionsEnded = true
            } else if argument.hasPrefix("--") {
                try takeLong(argument)
            } else {
                try takeShort(argument.dropFirst())
            }
            if let answer { return .answer(answer.option, value: answer.value) }
        }
        return .arguments(try finish())
    }

    private func finish() throws(UsageError) -> ParsedArguments {
        guard command.subcommands.isEmpty else { throw misuse(.missingCommand) }
        for option in command.options where option.isRequired && given[option.name] == nil {
            throw misuse(.missingOption("--\(option.name)"))
        }
        if positionals.count < command.positionals.count {
            let next = command.positionals[positionals.count]
            if next.isRequired { throw misuse(.missingPositional(next.name)) }
        }
        return ParsedArguments(
            command: Array(path.dropFirst()), positionals: positionals,
            commandLine: path.joined(separator: " "), declared: declared, given: given)
    }

    private func subcommand(_ name: String) throws(UsageError) -> End {
        if let found = command.subcommands.first(where: { $0.name == name }) {
            return .subcommand(found, rest: rest)
        }
        let near = Suggestion.nearest(to: name, among: command.subcommands.map(\.name))
        throw misuse(.unknownCommand(name, suggestion: near.map { "'\($0)'" }))
    }

    private mutating func take(positional: String) throws(UsageError) {
        let isRepeated = command.positionals.last?.isRepeated ?? false
        guard positionals.count < command.positionals.count || isRepeated else {
            throw misuse(.unexpectedPositional(positional))
        }
        positionals.append(positional)
    }

    private mutating func takeLong(_ argument: String) throws(UsageError) {
        let body = argument.dropFirst(2)
        let name = String(body.prefix { $0 != "=" })
        guard let option = declared[name] else {
            let near = Suggestion.nearest(to: name, among: command.allOptions.map(\.name))
            throw misuse(.unknownOption("--" + name, suggestion: near.map { "--" + $0 }))
        }
        let attached = body.count > name.count ? String(body.dropFirst(name.count + 1)) : nil
        try take(option, shown: "--" + name, attached: attached)
    }

    /// Reads the letters of `-abc`: flags, of which the last may be an option with the rest as value.
    private mutating func takeShort(_ letters: Substring) throws(UsageError) {
        var letters = letters
        while let letter = letters.popFirst() {
            guard let option = command.allOptions.first(where: { $0.short == letter }) else {
                throw misuse(.unknownOption("-\(letter)", suggestion: nil))
            }
            if option.takesValue {
                let attached = letters.isEmpty ? nil : String(letters)
                return try take(option, shown: "-\(letter)", attached: attached)
            }
            try take(option, shown: "-\(letter)", attached: nil)
        }
    }

    private mutating func take(
        _ option: CommandOption, shown: String, attached: String?
    ) throws(UsageError) {
        guard option.takesValue else {
            guard attached == nil else { throw misuse(.unexpectedValue(option: shown)) }
            return record(option, "")
        }
        guard let value = attached ?? nextValue() else {
            throw misuse(.missingValue(option: shown))
        }
        guard option.choices.isEmpty || option.choices.contains(value) else {
            throw misuse(
                .badValue(
                    option: shown, value: value,
                    expected: option.choices.joined(separator: " or "),
                    suggestion: Suggestion.nearest(to: value, among: option.choices)))
        }
        guard option.kind == .repeated || given[option.name] == nil else {
            throw misuse(.repeatedOption(shown))
        }
        record(option, value)
    }

    private mutating func record(_ option: CommandOption, _ value: String) {
        given[option.name, default: []].append(value)
        if Command.commonOptions.contains(option) { answer = (option, value) }
    }

    /// The next argument, unless it is an option of this command: then the value was forgotten.
    private mutating func nextValue() -> String? {
        guard let next = rest.first else { return nil }
        let isOption =
            next.hasPrefix("--")
            ? next == "--" || declared[String(next.dropFirst(2).prefix { $0 != "=" })] != nil
            : next.count == 2 && next.first == "-"
                && command.allOptions.contains { $0.short == next.last }
        return isOption ? nil : rest.popFirst()
    }

    private func misuse(_ reason: UsageError.Reason) -> UsageError {
        UsageError(command: path.joined(separator: " "), reason: reason)
    }
}

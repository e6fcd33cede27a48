/// Why a command line was not understood.
package struct UsageError: Error, Equatable, Sendable {
    /// What is wrong.
    package enum Reason: Equatable, Sendable {
        case unknownOption(String, suggestion: String?)
        case unknownCommand(String, suggestion: String?)
        case missingCommand
        case missingValue(option: String)
        case unexpectedValue(option: String)
        case repeatedOption(String)
        case missingOption(String)
        case missingPositional(String)
        case unexpectedPositional(String)
        /// `expected` completes the sentence "expected …".
        case badValue(option: String, value: String, expected: String, suggestion: String?)
        /// A rule that only the program itself knows. A sentence without a full stop.
        case rule(String)
    }

    /// The command that was read, from the program's name on, such as `wsroute compile`.
    package let command: String
    package let reason: Reason

    package init(command: String, reason: Reason) {
        self.command = command
        self.reason = reason
    }

    /// One line without the name of the program.
    package var message: String {
        switch reason {
        case .unknownOption(let name, let suggestion):
            "unknown option \(name)" + Self.advice(suggestion)
        case .unknownCommand(let name, let suggestion):
            "unknown command '\(name)'" + Self.advice(suggestion)
        case .missingCommand: "a command is missing"
        case .missingValue(let option): "\(option) needs a value"
        case .unexpectedValue(let option): "\(option) takes no value"
        case .repeatedOption(let option): "\(option) may be given only once"
        case .missingOption(let option): "\(option) is missing"
        case .missingPositional(let name): "\(name) is missing"
        case .unexpectedPositional(let text): "unexpected argument '\(text)'"
        case .badValue(let option, let value, let expected, let suggestion):
            "\(option): expected \(expected), not '\(value)'" + Self.advice(suggestion)
        case .rule(let sentence): sentence
        }
    }

    /// What to print to standard error: the message and where to read on. Ends with a newline.
    package var report: String {
        "\(command): \(message)\nSee '\(command) --help'.\n"
    }

    private static func advice(_ suggestion: String?) -> String {
        suggestion.map { " (did you mean \($0)?)" } ?? ""
    }
}

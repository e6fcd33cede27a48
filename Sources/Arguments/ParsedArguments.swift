/// The arguments of one run, checked against the declaration.
///
/// Asking for a name that the command does not declare is a mistake in the program and stops it.
package struct ParsedArguments: Sendable {
    /// The subcommands that were named, outermost first. Empty for a program without any.
    package let command: [String]
    /// What came without a dash, in order.
    package let positionals: [String]

    /// The program and the subcommands, as messages name them.
    let commandLine: String
    let declared: [String: CommandOption]
    let given: [String: [String]]

    /// Whether the flag was given.
    package func flag(_ name: String) -> Bool {
        precondition(declaration(of: name).kind == .flag, "--\(name) is not a flag")
        return given[name] != nil
    }

    /// The value of an option that is given at most once.
    package func value(_ name: String) -> String? {
        precondition(declaration(of: name).kind == .value, "--\(name) has not just one value")
        return given[name]?.last
    }

    /// The values of a repeated option, in the order in which they were given.
    package func values(_ name: String) -> [String] {
        precondition(declaration(of: name).kind == .repeated, "--\(name) is not repeated")
        return given[name] ?? []
    }

    /// The value of an option as a number in decimal digits.
    ///
    /// - Throws: ``UsageError`` if it is not a number within `range`.
    package func integer(_ name: String, in range: ClosedRange<Int>) throws(UsageError) -> Int? {
        guard let text = value(name) else { return nil }
        guard let first = text.utf8.first, first != UInt8(ascii: "+"), let number = Int(text),
            range.contains(number)
        else {
            throw badValue(
                name, text,
                expected: "a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// The value of an option as a time in milliseconds: `30` and `30s` are seconds; also `500ms`,
    /// `5m`, `1h`.
    ///
    /// - Throws: ``UsageError`` if it is not such a text or longer than a thousand hours.
    package func milliseconds(_ name: String) throws(UsageError) -> Int? {
        guard let text = value(name) else { return nil }
        guard let result = Self.milliseconds(of: text) else {
            throw badValue(name, text, expected: "a time such as 500ms, 30s, 5m or 1h")
        }
        return result
    }

    /// An error about the value of an option, for checks that the program makes itself.
    ///
    /// - Parameter expected: Completes "expected …".
    package func badValue(_ name: String, _ value: String, expected: String) -> UsageError {
        UsageError(
            command: commandLine,
            reason: .badValue(
                option: "--" + declaration(of: name).name, value: value, expected: expected,
                suggestion: nil))
    }

    /// An error about a rule that only the program knows, such as two options that exclude each other.
    ///
    /// - Parameter sentence: Without a full stop, such as `--config and --routes exclude each other`.
    package func misuse(_ sentence: String) -> UsageError {
        UsageError(command: commandLine, reason: .rule(sentence))
    }

    /// The named options as they were given, in the form `--name` or `--name=value`, to hand them to
    /// another program.
    package func arguments(of names: [String]) -> [String] {
        names.flatMap { name in
            let option = declaration(of: name)
            return (given[name] ?? []).map { option.takesValue ? "--\(name)=\($0)" : "--\(name)" }
        }
    }

    private func declaration(of name: String) -> CommandOption {
        guard let option = declared[name] else {
            preconditionFailure("\(commandLine) does not declare --\(name)")
        }
        return option
    }

    private static func milliseconds(of text: String) -> Int? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty, let number = Int(digits) else { return nil }
        let unitMilliseconds: Int
        switch text.dropFirst(digits.count) {
        case "ms": unitMilliseconds = 1
        case "", "s": unitMilliseconds = 1000
        case "m": unitMilliseconds = 60_000
        case "h": unitMilliseconds = 3_600_000
        default: return nil
        }
        let (product, overflow) = number.multipliedReportingOverflow(by: unitMilliseconds)
        return overflow || product > 1000 * 3_600_000 ? nil : product
    }
}

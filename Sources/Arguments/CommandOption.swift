/// One `--option` of a command.
package struct CommandOption: Equatable, Sendable {
    /// What follows the name, and how often it may be given.
    package enum Kind: Equatable, Sendable {
        /// Nothing follows; given or not.
        case flag
        /// One value; given at most once.
        case value
        /// One value; given any number of times.
        case repeated
    }

    /// The long name without its dashes.
    package let name: String
    /// The one-letter alias.
    package let short: Character?
    package let kind: Kind
    /// How help calls the value, such as `FILE`. Empty for a flag.
    package let placeholder: String
    /// One sentence.
    package let help: String
    /// The values that are accepted. Empty: all.
    package let choices: [String]
    /// Whether leaving it out is a usage error.
    package let isRequired: Bool

    /// An option without a value.
    package static func flag(_ name: String, short: Character? = nil, _ help: String) -> Self {
        Self(
            name: name, short: short, kind: .flag, placeholder: "", help: help, choices: [],
            isRequired: false)
    }

    /// An option with one value that is given at most once.
    package static func value(
        _ name: String, short: Character? = nil, _ placeholder: String, _ help: String,
        choices: [String] = [], isRequired: Bool = false
    ) -> Self {
        Self(
            name: name, short: short, kind: .value, placeholder: placeholder, help: help,
            choices: choices, isRequired: isRequired)
    }

    /// An option with a value that may be given again and again.
    package static func repeated(
        _ name: String, short: Character? = nil, _ placeholder: String, _ help: String,
        choices: [String] = [], isRequired: Bool = false
    ) -> Self {
        Self(
            name: name, short: short, kind: .repeated, placeholder: placeholder, help: help,
            choices: choices, isRequired: isRequired)
    }

    /// Whether a value belongs to it.
    package var takesValue: Bool { kind != .flag }

    /// Whether the shells should offer file names for its value.
    var valueIsFile: Bool {
        takesValue && choices.isEmpty
            && ["FILE", "PEM", "CONFIG", "CERT", "KEY"].contains { placeholder.contains($0) }
    }
}

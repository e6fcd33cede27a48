/// An argument without a dash.
package struct Positional: Equatable, Sendable {
    /// How help and messages call it, such as `CONFIG`.
    package let name: String
    /// One sentence.
    package let help: String
    /// Whether leaving it out is a usage error.
    package let isRequired: Bool
    /// Whether any number of them may follow. Only the last positional of a command.
    package let isRepeated: Bool

    /// Exactly one.
    package static func one(_ name: String, _ help: String) -> Self {
        Self(name: name, help: help, isRequired: true, isRepeated: false)
    }

    /// One or none. Only as the last of a command.
    package static func optional(_ name: String, _ help: String) -> Self {
        Self(name: name, help: help, isRequired: false, isRepeated: false)
    }

    /// One or more. Only as the last of a command.
    package static func many(_ name: String, _ help: String) -> Self {
        Self(name: name, help: help, isRequired: true, isRepeated: true)
    }

    /// Any number, none as well. Only as the last of a command.
    package static func any(_ name: String, _ help: String) -> Self {
        Self(name: name, help: help, isRequired: false, isRepeated: true)
    }

    /// How usage lines write it.
    var usage: String {
        let repeated = isRepeated ? name + "…" : name
        return isRequired ? repeated : "[\(repeated)]"
    }
}

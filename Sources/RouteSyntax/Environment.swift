/// The environment variables that a configuration may name, as the caller found them.
package struct Environment: Sendable {
    private let values: [String: String]

    package init(_ values: [String: String] = [:]) {
        self.values = values
    }

    /// The value of a variable, or nil if it is not set.
    package subscript(name: String) -> String? { values[name] }
}

/// Why the proxy does not start, or refuses a reload: one line for the operator.
package struct StartupError: Error, Equatable, Sendable {
    /// A clause without a full stop that names the file, address or setting at fault.
    package let message: String

    package init(_ message: String) { self.message = message }
}

extension StartupError {
    /// The system has too little of something.
    init(starting error: SystemError) {
        self.init("cannot start: \(error.call): \(error.description)")
    }
}

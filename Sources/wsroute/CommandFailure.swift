/// Why a command ends early, with what the user is told.
struct CommandFailure: Error {
    /// One line without the program's name.
    let message: String
    let status: ExitStatus

    /// A file that can't be read or written.
    ///
    /// - Parameter code: An `errno`.
    static func file(_ path: String, _ action: String, code: Int32) -> CommandFailure {
        CommandFailure(
            message: "\(path): can't \(action): \(SystemMessage.text(of: code))", status: .misuse)
    }
}

import Arguments

extension CommandOption {
    /// Of the commands that make a table.
    static let allowInert = CommandOption.flag(
        "allow-inert",
        "Accept parts of the configuration that this version understands but that have no effect.")
}

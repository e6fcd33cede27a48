import RouteTable

/// Opens tables for commands.
enum TableFile {
    /// - Throws: A failure that names the file.
    static func open(_ path: String) throws(CommandFailure) -> LoadedTable {
        do {
            return try LoadedTable(path: path)
        } catch {
            if case .unreadable(let number) = error {
                throw CommandFailure.file(path, "read", code: number)
            }
            throw CommandFailure(message: "\(path): \(error.message)", status: .faultyInput)
        }
    }
}

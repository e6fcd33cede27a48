import RouteTable

/// Opens tables for commands.
enum TableFile {
    /// - Throws: A failure that names the file.
    static func open(_ path: String) throws(CommandFailure) -> LoadedTable {
        do {
            return try LoadedTable(path: path)
        } catch {
            throw CommandFailure(message: "\(path): \(error.message)", status: .faultyInput)
        }
    }
}

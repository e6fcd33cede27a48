import RouteTable
import Validate

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

    /// Whether the file begins as tables do.
    ///
    /// - Throws: A failure that names the file if it can't be read.
    static func isTable(_ path: String) throws(CommandFailure) -> Bool {
        do throws(FileSourceError) {
            return try DiskFiles().contents(ofFile: path, byteCountMax: 4).starts(
                with: "WSRT".utf8)
        } catch {
            throw CommandFailure(
                message: "\(path): can't read: \(error.reason)", status: .misuse)
        }
    }
}

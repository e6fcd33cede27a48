internal import RouteSyntax
internal import Validate

/// A configuration of a single file, in memory.
struct MemoryFile: FileSource {
    let bytes: [UInt8]

    /// Reads and validates the bytes, in an empty environment.
    static func read(_ bytes: [UInt8]) -> ValidationResult {
        do throws(FileSourceError) {
            return try ConfigurationReader.read(
                "main.yaml", from: MemoryFile(bytes: bytes), environment: Environment())
        } catch {
            preconditionFailure("memory can be read")
        }
    }

    func contents(ofFile path: String, byteCountMax: Int) throws(FileSourceError) -> [UInt8] {
        bytes
    }

    func names(inDirectory path: String) throws(FileSourceError) -> [String] { [] }
}

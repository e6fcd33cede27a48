internal import RouteSyntax
internal import Validate

/// A configuration of a single file, in memory.
struct MemoryFile: FileSource {
    let bytes: [UInt8]

    /// What the bytes say, or `nil` if anything in them is an error.
    static func configuration(of bytes: [UInt8]) -> Configuration? {
        try? ConfigurationReader.read(
            "main.yaml", from: MemoryFile(bytes: bytes), environment: Environment()
        ).configuration
    }

    func contents(ofFile path: String, byteCountMax: Int) throws(FileSourceError) -> [UInt8] {
        bytes
    }

    func names(inDirectory path: String) throws(FileSourceError) -> [String] { [] }
}

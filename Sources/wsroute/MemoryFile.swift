import Validate

/// One configuration that is in no file.
struct MemoryFile: FileSource {
    let text: String

    func contents(ofFile path: String, byteCountMax: Int) throws(FileSourceError) -> [UInt8] {
        Array(text.utf8)
    }

    func names(inDirectory path: String) throws(FileSourceError) -> [String] { [] }
}

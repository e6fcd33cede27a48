import Glibc
import Validate

/// The fixtures beside the tests.
enum Fixtures {
    /// The folder `Tests/Fixtures/config`, found from the place of this file.
    static var folder: String {
        let parts = #filePath.split(separator: "/").dropLast(2)
        return "/" + parts.joined(separator: "/") + "/Fixtures/config"
    }

    /// The root of the package.
    static var packageRoot: String {
        "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    }

    /// Names of the files directly in a folder of fixtures that end so, sorted.
    static func names(in subfolder: String, suffix: String) -> [String] {
        let names = (try? DiskFiles().names(inDirectory: "\(folder)/\(subfolder)")) ?? []
        return names.filter { $0.hasSuffix(suffix) }.sorted()
    }

    /// The bytes of a file.
    static func bytes(_ path: String) -> [UInt8]? {
        try? DiskFiles().contents(ofFile: path, byteCountMax: 1 << 24)
    }

    /// The text of a file.
    static func text(_ path: String) -> String? {
        bytes(path).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Writes a file; a test that records and can't is wrong.
    static func write(_ text: String, to path: String) {
        // SAFETY: the path becomes a C string for the call; `fputs` reads up to the final NUL.
        guard let file = unsafe fopen(path, "w") else { preconditionFailure("can't write \(path)") }
        unsafe fputs(text, file)
        unsafe fclose(file)
    }
}

import Diagnostics
import RouteSyntax
import Validate

/// Files in memory, by path.
struct MemoryFiles: FileSource {
    var files: [String: String]

    func contents(ofFile path: String, byteCountMax: Int) throws(FileSourceError) -> [UInt8] {
        guard let text = files[path] else {
            throw FileSourceError(path: path, reason: "No such file or directory")
        }
        return Array(text.utf8)
    }

    func names(inDirectory path: String) throws(FileSourceError) -> [String] {
        let prefix = path + "/"
        // The order of a dictionary is random, as that of a directory is unknown.
        let names = files.keys.filter { $0.hasPrefix(prefix) }.map {
            String($0.dropFirst(prefix.count))
        }
        guard !names.isEmpty else {
            throw FileSourceError(path: path, reason: "No such file or directory")
        }
        return names
    }
}

/// Reads one text as a configuration.
func read(_ text: String, environment: [String: String] = [:]) throws -> ValidationResult {
    try ConfigurationReader.read(
        "config.yaml", from: MemoryFiles(files: ["config.yaml": text]),
        environment: Environment(environment))
}

extension ValidationResult {
    /// The codes of all diagnostics, in order.
    var codes: [String] { diagnostics.map(\.code.rawValue) }

    /// All diagnostics as users see them.
    var text: String { DiagnosticFormat.text.render(diagnostics, of: sources) }
}

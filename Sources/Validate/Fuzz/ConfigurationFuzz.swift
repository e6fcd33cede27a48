import Diagnostics
import RouteSyntax

/// The entry for fuzzing: whatever the bytes are, reading and validating them ends and does not trap.
package enum ConfigurationFuzz {
    /// Reads the bytes as a main file, with themselves as the only fragment.
    ///
    /// - Returns: The number of diagnostics, so that a caller has something to check.
    @discardableResult
    package static func run(_ bytes: [UInt8]) -> Int {
        let files = SameFile(bytes: bytes)
        let environment = Environment(["NAME": "value", "EMPTY": ""])
        do throws(FileSourceError) {
            let result = try ConfigurationReader.read(
                "main.yaml", from: files, environment: environment)
            var renderedByteCount = 0
            for format in DiagnosticFormat.allCases {
                let text = format.render(
                    result.diagnostics(inertSeverity: .warning), of: result.sources)
                renderedByteCount += text.utf8.count
            }
            precondition(renderedByteCount > 0, "SARIF always has a document")
            return result.diagnostics.count
        } catch {
            preconditionFailure("memory can be read")
        }
    }

    /// Every file has the same bytes.
    private struct SameFile: FileSource {
        let bytes: [UInt8]

        func contents(ofFile path: String, byteCountMax: Int) throws(FileSourceError) -> [UInt8] {
            bytes
        }

        func names(inDirectory path: String) throws(FileSourceError) -> [String] {
            ["fragment.yaml"]
        }
    }
}

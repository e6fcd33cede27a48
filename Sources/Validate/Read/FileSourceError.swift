/// Why a file or directory can't be read.
package struct FileSourceError: Error, Equatable, Sendable {
    /// The path as it was asked for.
    package let path: String
    /// In the words of the system: "No such file or directory".
    package let reason: String

    package init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }
}

import Glibc

/// Writes files that must not replace others: what is written there is to be edited.
enum NewFile {
    /// - Throws: A failure that names the file, also if it exists.
    static func write(_ text: String, to path: String) throws(CommandFailure) {
        // SAFETY: the call reads the terminated path.
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw CommandFailure.file(path, "write", code: errno) }
        var code = DescriptorWriter.write(Array(text.utf8), to: descriptor)
        if close(descriptor) != 0, code == nil { code = errno }
        if let code {
            // SAFETY: the call reads the terminated path. Half a file would be in the way of the next try.
            _ = unsafe unlink(path)
            throw CommandFailure.file(path, "write", code: code)
        }
    }
}

internal import Glibc

/// The file that tells others this process's number, if the command line names one.
struct PidFile {
    private let path: String?

    /// - Throws: ``StartupError`` if the file can't be written.
    init(path: String?) throws(StartupError) {
        self.path = path
        guard let path else { return }
        let text = Array("\(getpid())\n".utf8)
        // SAFETY: the call reads the path, which outlives it.
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw StartupError("\(path): \(SystemError.last(.open).description)")
        }
        // SAFETY: the count is the array's.
        let written = unsafe write(descriptor, text, text.count)
        let failure = SystemError.last(.write)
        close(descriptor)
        guard written == text.count else {
            throw StartupError("\(path): \(failure.description)")
        }
    }

    func remove() {
        // SAFETY: the call reads the path, which outlives it.
        if let path { _ = unsafe unlink(path) }
    }
}

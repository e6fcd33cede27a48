import Glibc

/// Writes a table so that a reader sees the old file or the whole new one, whatever happens.
enum TableWriter {
    /// Readable by all whom the umask leaves, writable by the owner: wsproxy distrusts a table that others may write.
    private static let mode: mode_t = 0o644

    /// Writes beside `path` and renames. A file that was there hands its mode on, but for what lets others write.
    /// What is no file, as /dev/null, is written to as it is.
    ///
    /// - Parameter sources: Files that `path` must not be.
    /// - Throws: A failure that names `path`; nothing is left behind then.
    static func write(
        _ bytes: [UInt8], to path: String, notOver sources: [String] = []
    ) throws(CommandFailure) {
        let old = status(of: path)
        if let old {
            for source in sources {
                guard let file = status(of: source) else { continue }
                guard file.st_dev != old.st_dev || file.st_ino != old.st_ino else {
                    throw CommandFailure(
                        message: "\(path): this is what the table is made of: write it elsewhere",
                        status: .misuse)
                }
            }
            if ![S_IFREG, S_IFDIR].contains(old.st_mode & S_IFMT) {
                return try writeThrough(bytes, to: path)
            }
        }
        try replace(path, by: bytes, mode: old.map { $0.st_mode & 0o7755 })
    }

    private static func status(of path: String) -> stat? {
        var status = stat()
        // SAFETY: the call reads the terminated path and fills the structure.
        return unsafe stat(path, &status) == 0 ? status : nil
    }

    private static func writeThrough(_ bytes: [UInt8], to path: String) throws(CommandFailure) {
        // SAFETY: the call reads the terminated path.
        let descriptor = unsafe open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw CommandFailure.file(path, "write", code: errno) }
        var code = DescriptorWriter.write(bytes, to: descriptor)
        if close(descriptor) != 0, code == nil { code = errno }
        if let code { throw CommandFailure.file(path, "write", code: code) }
    }

    /// - Parameter mode: What the new file may be used for; nil for what the umask leaves of the usual one.
    private static func replace(
        _ path: String, by bytes: [UInt8], mode: mode_t?
    ) throws(CommandFailure) {
        let scratchPath = "\(path).\(getpid()).new"
        // A file of that name can only be what a killed run with the same id left.
        // SAFETY: this and the calls below read terminated paths.
        unsafe unlink(scratchPath)
        let descriptor = unsafe open(
            scratchPath, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, Self.mode)
        guard descriptor >= 0 else { throw CommandFailure.file(path, "write", code: errno) }
        var code = DescriptorWriter.write(bytes, to: descriptor)
        if code == nil, let mode, fchmod(descriptor, mode) != 0 { code = errno }
        if code == nil, fsync(descriptor) != 0 { code = errno }
        if close(descriptor) != 0, code == nil { code = errno }
        if code == nil, unsafe rename(scratchPath, path) != 0 { code = errno }
        if let code {
            unsafe unlink(scratchPath)
            throw CommandFailure.file(path, "write", code: code)
        }
        syncFolder(of: path)
    }

    /// Makes the rename last. Some file systems can't; the table is complete all the same.
    private static func syncFolder(of path: String) {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        // SAFETY: the call reads the terminated path.
        let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}

import Glibc

/// Writes a table so that a reader sees the old file or the whole new one, whatever happens.
enum TableWriter {
    /// Readable by all, writable by the owner: wsproxy distrusts a table that others may write.
    private static let mode: mode_t = 0o644

    /// Writes beside `path` and renames.
    ///
    /// - Throws: A failure that names `path`; nothing is left behind then.
    static func write(_ bytes: [UInt8], to path: String) throws(CommandFailure) {
        let scratchPath = "\(path).\(getpid()).new"
        // A file of that name can only be what a killed run with the same id left.
        // SAFETY: this and the calls below read terminated paths.
        unsafe unlink(scratchPath)
        let descriptor = unsafe open(scratchPath, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw CommandFailure.file(path, "write", code: errno) }
        var code = DescriptorWriter.write(bytes, to: descriptor)
        // The mode that open was given is cut by the umask.
        if code == nil, fchmod(descriptor, mode) != 0 { code = errno }
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

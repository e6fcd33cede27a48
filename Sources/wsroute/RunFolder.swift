import Glibc
import RouteCompiler

/// Where `run` keeps the tables it makes: a folder that only the user can write.
///
/// wsproxy reads its table again when it is told to reload, so the file must outlive this process.
/// It is named by its digest: running the same configuration again adds no file.
enum RunFolder {
    /// Writes the table and returns its path.
    static func keep(_ table: CompiledTable) throws(CommandFailure) -> String {
        let base = environment("XDG_RUNTIME_DIR") ?? environment("TMPDIR") ?? "/tmp"
        let folder = "\(base)/wsroute-\(geteuid())"
        // SAFETY: the call reads the terminated path.
        if unsafe mkdir(folder, 0o700) != 0, errno != EEXIST {
            throw CommandFailure.file(folder, "make the folder", code: errno)
        }
        try checkOwner(of: folder)
        let path = "\(folder)/\(table.digestText).bin"
        try TableWriter.write(table.bytes, to: path)
        return path
    }

    /// In a folder such as /tmp another user may have made one of that name first.
    private static func checkOwner(of folder: String) throws(CommandFailure) {
        var status = stat()
        // SAFETY: lstat fills in the whole of the value that it is given.
        guard unsafe lstat(folder, &status) == 0 else {
            throw CommandFailure.file(folder, "read", code: errno)
        }
        let isOwn =
            status.st_mode & S_IFMT == S_IFDIR && status.st_uid == geteuid()
            && status.st_mode & 0o022 == 0
        guard isOwn else {
            throw CommandFailure(
                message: "\(folder): not a folder that only this user can write", status: .misuse)
        }
    }

    private static func environment(_ name: String) -> String? {
        // SAFETY: the text is copied before anything can change the environment.
        guard let value = unsafe getenv(name) else { return nil }
        // SAFETY: as above.
        let text = unsafe String(cString: value)
        return text.isEmpty ? nil : text
    }
}

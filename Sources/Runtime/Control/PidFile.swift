internal import Glibc

/// The file that tells others this process's number, if the command line names one.
///
/// What is there is replaced as a whole, so that nobody reads half a number. What is no regular file, such as a
/// pipe, a device or a link, is written through and stays what it is.
package struct PidFile {
    /// What tells a file from another one of the same name.
    private struct Identity: Equatable {
        var device: dev_t
        var number: ino_t

        /// nil for what is no regular file.
        init?(_ status: stat) {
            guard status.st_mode & S_IFMT == S_IFREG else { return nil }
            device = status.st_dev
            number = status.st_ino
        }
    }

    private let path: String?
    /// The line that was written.
    private let line: [UInt8]
    /// The file that it was written to; nil if it is none that may be removed.
    private let written: Identity?

    /// - Parameter path: nil: there is no such file.
    /// - Throws: ``StartupError`` if the file can't be written.
    package init(path: String?) throws(StartupError) {
        self.path = path
        line = Array("\(getpid())\n".utf8)
        guard let path else {
            written = nil
            return
        }
        do throws(SystemError) {
            if let replaced = try Self.replace(path, line) {
                written = replaced
            } else {
                written = try Self.writeThrough(path, line)
            }
        } catch {
            throw StartupError("\(path): \(error.description)")
        }
    }

    /// Removes the file, if it is still the one that was written and holds what was written: another process
    /// may have put its own number there, and nothing but a file of ours is to go.
    package func remove() {
        guard let path, let written, Self.identity(of: path) == written else { return }
        // SAFETY: the call reads the path, which outlives it.
        let descriptor = unsafe open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var found = [UInt8](repeating: 0, count: line.count + 1)
        // SAFETY: the count is the array's.
        let byteCount = unsafe read(descriptor, &found, found.count)
        guard Self.identity(of: descriptor) == written, byteCount == line.count,
            found.prefix(byteCount).elementsEqual(line)
        else { return }
        // SAFETY: the call reads the path, which outlives it.
        _ = unsafe unlink(path)
    }

    /// Puts a new file where a regular one or nothing is.
    ///
    /// - Returns: nil if something else is there, or no file can be put beside it.
    private static func replace(_ path: String, _ line: [UInt8]) throws(SystemError) -> Identity? {
        var status = stat()
        // SAFETY: the call reads the path and writes one record, both of which outlive it.
        if unsafe lstat(path, &status) == 0, Identity(status) == nil { return nil }
        let draft = "\(path).\(getpid())"
        // SAFETY: the call reads the path, which outlives it.
        let descriptor = unsafe open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        do throws(SystemError) {
            try write(line, to: descriptor)
        } catch {
            // SAFETY: as above.
            _ = unsafe unlink(draft)
            throw error
        }
        // SAFETY: the call reads both paths, which outlive it.
        guard unsafe rename(draft, path) == 0 else {
            // SAFETY: as above. A file that is mounted by itself, for one, can only be written.
            _ = unsafe unlink(draft)
            return nil
        }
        return identity(of: descriptor)
    }

    /// Writes to what is there, whatever it is. Nobody who does not read is waited for.
    ///
    /// - Returns: nil if it is no regular file.
    private static func writeThrough(
        _ path: String, _ line: [UInt8]
    ) throws(SystemError) -> Identity? {
        let flags = O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
        // SAFETY: the call reads the path, which outlives it.
        var descriptor = unsafe open(path, flags)
        if descriptor < 0, errno == ENOENT {
            // SAFETY: as above. What is there may not be made anew: others' pipes are not opened so in `/tmp`.
            descriptor = unsafe open(path, flags | O_CREAT, 0o644)
        }
        guard descriptor >= 0 else { throw SystemError.last(.open) }
        defer { close(descriptor) }
        let identity = identity(of: descriptor)
        try write(line, to: descriptor)
        // Behind the number, so that nobody finds the file empty; only a file can have a rest.
        if identity != nil, ftruncate(descriptor, line.count) != 0 {
            throw SystemError.last(.write)
        }
        return identity
    }

    private static func write(_ line: [UInt8], to descriptor: Int32) throws(SystemError) {
        // SAFETY: the count is the array's.
        let byteCount = unsafe Glibc.write(descriptor, line, line.count)
        guard byteCount >= 0 else { throw SystemError.last(.write) }
        guard byteCount == line.count else { throw SystemError(.write, ENOSPC) }
    }

    private static func identity(of path: String) -> Identity? {
        var status = stat()
        // SAFETY: the call reads the path and writes one record, both of which outlive it.
        return unsafe lstat(path, &status) == 0 ? Identity(status) : nil
    }

    private static func identity(of descriptor: Int32) -> Identity? {
        var status = stat()
        // SAFETY: the kernel writes one record into room for one.
        return unsafe fstat(descriptor, &status) == 0 ? Identity(status) : nil
    }
}

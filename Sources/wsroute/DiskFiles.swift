import Glibc
import Validate

/// Reads configurations from the file system.
struct DiskFiles: FileSource {
    /// A pipe is read as well, as `wsroute check <(make-config)` has one; but nobody is waited for to open its other
    /// end.
    func contents(ofFile path: String, byteCountMax: Int) throws(FileSourceError) -> [UInt8] {
        // SAFETY: the call reads the terminated path.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw Self.failure(path) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= byteCountMax {
            // SAFETY: read writes at most as many bytes as the block has.
            let count = unsafe read(descriptor, &block, block.count)
            if count == 0 {
                guard bytes.isEmpty, Self.isPipeWithoutWriter(descriptor) else { break }
                throw FileSourceError(path: path, reason: "it is a pipe that nobody writes to")
            }
            if count > 0 {
                bytes += block[..<count]
            } else if errno == EAGAIN {
                Self.waitForBytes(of: descriptor)
            } else if errno != EINTR {
                throw Self.failure(path)
            }
        }
        return bytes
    }

    /// Whether a pipe that is at its end has never had a writer: one that has gone is told of (POLLHUP).
    private static func isPipeWithoutWriter(_ descriptor: Int32) -> Bool {
        var status = stat()
        var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        // SAFETY: the calls fill one structure and read one record.
        return unsafe fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
            && poll(&watched, 1, 0) == 0
    }

    private static func waitForBytes(of descriptor: Int32) {
        var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        // SAFETY: one record, as said. Whatever comes of it, the read that follows says more.
        _ = unsafe poll(&watched, 1, -1)
    }

    func names(inDirectory path: String) throws(FileSourceError) -> [String] {
        // SAFETY: closed once, at the end of this call.
        guard let folder = unsafe opendir(path) else { throw Self.failure(path) }
        // SAFETY: as above.
        defer { unsafe closedir(folder) }
        var names: [String] = []
        // SAFETY: the entry is valid until the next call; its name is copied before.
        while let entry = unsafe readdir(folder) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { field in
                // SAFETY: the system terminates the name inside its field.
                unsafe String(cString: UnsafeRawPointer(field).assumingMemoryBound(to: CChar.self))
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }

    private static func failure(_ path: String) -> FileSourceError {
        FileSourceError(path: path, reason: SystemMessage.text(of: errno))
    }
}

internal import Glibc

/// Reads small files, off the workers.
enum FileContents {
    /// The bytes of a file. Nothing else is read: a pipe may keep whoever opens it waiting for ever, and has nothing
    /// more to say at the next reload.
    static func read(_ path: String, byteCountMax: Int) throws(FileContentsError) -> [UInt8] {
        // SAFETY: Swift passes the path as a C string. Not blocking: the path may name a pipe.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { throw .system(.last(.open)) }
        defer { _ = close(descriptor) }
        var status = stat()
        // SAFETY: the call fills one structure.
        guard unsafe fstat(descriptor, &status) == 0 else { throw .system(.last(.open)) }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: throw .system(SystemError(.open, EISDIR))
        default: throw .notRegularFile
        }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 16 * 1_024)
        while true {
            // SAFETY: the kernel writes at most as many bytes as the array has.
            let count = unsafe part.withUnsafeMutableBytes { buffer in
                unsafe Glibc::read(descriptor, buffer.baseAddress, buffer.count)
            }
            if count == 0 { return bytes }
            guard count > 0 else {
                if errno == EINTR { continue }
                throw .system(.last(.read))
            }
            bytes += part[..<count]
            guard bytes.count <= byteCountMax else { throw .tooLarge(byteCountMax: byteCountMax) }
        }
    }
}

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
        guard status.st_size <= byteCountMax else { throw .tooLarge(byteCountMax: byteCountMax) }
        // Room for the whole file and the read that finds its end: what grows leaves copies, and some files are
        // secret.
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size) + 1)
        var count = 0
        while true {
            if count == bytes.count {
                bytes += [UInt8](repeating: 0, count: max(count, 4_096))
            }
            let added = try read(descriptor, into: &bytes, from: count)
            if added == 0 { break }
            count += added
            guard count <= byteCountMax else { throw .tooLarge(byteCountMax: byteCountMax) }
        }
        bytes.removeLast(bytes.count - count)
        return bytes
    }

    /// What the kernel gives of it at once, 0 at the end of the file.
    private static func read(
        _ descriptor: CInt, into bytes: inout [UInt8], from start: Int
    ) throws(FileContentsError) -> Int {
        while true {
            // SAFETY: the kernel writes at most as many bytes as the array has behind the start.
            let count = unsafe bytes.withUnsafeMutableBytes { buffer in
                let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[start...])
                return unsafe Glibc::read(descriptor, rest.baseAddress, rest.count)
            }
            if count >= 0 { return count }
            guard errno == EINTR else { throw .system(.last(.read)) }
        }
    }
}

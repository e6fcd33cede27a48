internal import Glibc

/// Reads small files, off the workers.
enum FileContents {
    /// The bytes of the file; nil if there are more than `byteCountMax`.
    static func read(_ path: String, byteCountMax: Int) throws(SystemError) -> [UInt8]? {
        // SAFETY: Swift passes the path as a C string. Not blocking: the path may name a pipe.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw SystemError.last(.open) }
        defer { _ = close(descriptor) }
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
                throw SystemError.last(.read)
            }
            bytes += part[..<count]
            guard bytes.count <= byteCountMax else { return nil }
        }
    }
}

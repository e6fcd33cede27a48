import Glibc
import RouteCompiler

/// Reads the private key that `compile --sign` names.
enum SigningKeyFile {
    /// More than any key has.
    private static let byteCountMax = 16 * 1024

    /// - Throws: A failure that names the file if it can't be read, others may read it, or it holds no such key.
    static func read(_ path: String) throws(CommandFailure) -> SigningKey {
        let pem = try contents(of: path)
        do throws(SigningKeyError) {
            return try SigningKey(pem: pem)
        } catch {
            throw CommandFailure(message: "\(path): \(error.message)", status: .misuse)
        }
    }

    private static func contents(of path: String) throws(CommandFailure) -> [UInt8] {
        // SAFETY: the call reads the terminated path.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw CommandFailure.file(path, "read", code: errno) }
        defer { close(descriptor) }
        try checkOwner(of: descriptor, path)
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: byteCountMax)
        while bytes.count < byteCountMax {
            // SAFETY: read writes at most as many bytes as the block has.
            let count = unsafe Glibc.read(descriptor, &block, block.count)
            if count == 0 { break }
            if count > 0 {
                bytes += block[..<count]
            } else if errno != EINTR {
                throw CommandFailure.file(path, "read", code: errno)
            }
        }
        return bytes
    }

    /// Whoever reads the key can sign what they like.
    private static func checkOwner(of descriptor: Int32, _ path: String) throws(CommandFailure) {
        var status = stat()
        // SAFETY: fstat fills in the whole of the value that it is given.
        guard unsafe fstat(descriptor, &status) == 0 else {
            throw CommandFailure.file(path, "read", code: errno)
        }
        let reason: String? =
            if status.st_mode & S_IFMT != S_IFREG {
                "it is not a regular file"
            } else if status.st_uid != geteuid() && status.st_uid != 0 {
                "it belongs to another user"
            } else if status.st_mode & 0o077 != 0 {
                "others may read or write it: chmod 600 it"
            } else {
                nil
            }
        guard let reason else { return }
        throw CommandFailure(message: "\(path): not used as a key: \(reason)", status: .misuse)
    }
}

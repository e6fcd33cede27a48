internal import Glibc

extension AffinityTokens {
    /// As many bytes as HMAC-SHA256 has.
    package static let keyByteCountMin = 32
    private static let keyByteCountMax = 4_096

    /// Reads the secret that several machines share. A line end behind it does not count.
    ///
    /// - Throws: ``AffinityKeyError`` if the file can't be read, or holds too little or too much.
    package static func key(path: String) throws(AffinityKeyError) -> [UInt8] {
        // SAFETY: the path ends with a NUL for the call.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw AffinityKeyError(message: SystemError.last(.open).description)
        }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: keyByteCountMax + 1)
        var count = 0
        while count < bytes.count {
            // SAFETY: the kernel writes into what is left of the array.
            let got = unsafe bytes.withUnsafeMutableBytes { room in
                unsafe read(descriptor, room.baseAddress?.advanced(by: count), room.count - count)
            }
            guard got >= 0 else {
                throw AffinityKeyError(message: SystemError.last(.read).description)
            }
            if got == 0 { break }
            count += got
        }
        bytes.removeLast(bytes.count - count)
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        guard (keyByteCountMin...keyByteCountMax).contains(bytes.count) else {
            throw AffinityKeyError(
                message: "an affinity key has \(keyByteCountMin) to \(keyByteCountMax) bytes, this"
                    + " file has \(bytes.count); make one with: openssl rand -hex 32")
        }
        return bytes
    }
}

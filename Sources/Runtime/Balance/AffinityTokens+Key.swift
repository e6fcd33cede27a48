extension AffinityTokens {
    /// As many bytes as HMAC-SHA256 has.
    package static let keyByteCountMin = 32
    private static let keyByteCountMax = 4_096

    /// Reads the secret that several machines share. A line end behind it does not count.
    ///
    /// - Throws: ``AffinityKeyError`` if the file can't be read, or holds too little or too much.
    package static func key(path: String) throws(AffinityKeyError) -> [UInt8] {
        var bytes: [UInt8]
        do throws(FileContentsError) {
            bytes = try FileContents.read(path, byteCountMax: keyByteCountMax + 2)
        } catch {
            throw AffinityKeyError(message: error.description)
        }
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

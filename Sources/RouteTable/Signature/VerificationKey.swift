import COpenSSL
import Glibc
import TableFormat

/// An Ed25519 public key: what it has signed is trusted.
package struct VerificationKey: Equatable, Sendable {
    /// More than any key has, and little enough to read whatever the file is.
    private static let fileBytesMax = 16 * 1024
    private static let rawByteCount = 32

    private let bytes: [UInt8]

    /// Says which key it is: see ``TableSignature/keyName``.
    package var name: [UInt8] {
        Array(TableDirectory.sha256(bytes).prefix(TableSignature.keyNameByteCount))
    }

    /// Reads the PEM file at `path`.
    package init(path: String) throws(VerificationKeyError) {
        try self.init(pem: Self.contents(of: path))
    }

    /// Reads a key in PEM form.
    package init(pem: [UInt8]) throws(VerificationKeyError) {
        var raw = [UInt8](repeating: 0, count: Self.rawByteCount)
        var count = raw.count
        let marker = Array("PRIVATE KEY-----".utf8)
        let isPrivate = pem.indices.contains { pem[$0...].starts(with: marker) }
        guard !isPrivate else { throw .isPrivateKey }
        // SAFETY: the buffer reads `pem` while it lives; buffer and key are freed here. A public key is never
        // encrypted, so nobody is asked for a pass phrase.
        let key: OpaquePointer? = unsafe pem.withUnsafeBytes { bytes in
            let buffer = unsafe BIO_new_mem_buf(bytes.baseAddress, Int32(clamping: bytes.count))
            defer { unsafe BIO_free(buffer) }
            return unsafe PEM_read_bio_PUBKEY(buffer, nil, { _, _, _, _ in -1 }, nil)
        }
        ERR_clear_error()
        guard let key = unsafe key else { throw .notPublicKey }
        defer { unsafe EVP_PKEY_free(key) }
        guard unsafe EVP_PKEY_get_id(key) == EVP_PKEY_ED25519,
            unsafe EVP_PKEY_get_raw_public_key(key, &raw, &count) == 1, count == raw.count
        else { throw .notEd25519 }
        bytes = raw
    }

    /// Whether `signature` is this key's signature of `message`.
    func hasSigned(_ message: [UInt8], _ signature: TableSignature) -> Bool {
        // SAFETY: key and context are freed here; the library reads what it is told the size of.
        let key = unsafe EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, bytes, bytes.count)
        defer { unsafe EVP_PKEY_free(key) }
        let context = unsafe EVP_MD_CTX_new()
        defer {
            unsafe EVP_MD_CTX_free(context)
            ERR_clear_error()
        }
        return unsafe EVP_DigestVerifyInit(context, nil, nil, nil, key) == 1
            && EVP_DigestVerify(
                context, signature.bytes, signature.bytes.count, message, message.count) == 1
    }

    private static func contents(of path: String) throws(VerificationKeyError) -> [UInt8] {
        // SAFETY: Swift passes the path as a C string.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .unreadable(number: errno) }
        defer { _ = close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: fileBytesMax)
        var count = 0
        while count < bytes.count {
            // SAFETY: the array has `fileBytesMax - count` bytes behind `count`.
            let moved = unsafe bytes.withUnsafeMutableBytes { buffer in
                let room = unsafe buffer.baseAddress.map { unsafe $0 + count }
                return unsafe read(descriptor, room, buffer.count - count)
            }
            if moved == 0 { break }
            if moved > 0 {
                count += moved
            } else if errno != EINTR {
                throw .unreadable(number: errno)
            }
        }
        return Array(bytes.prefix(count))
    }
}

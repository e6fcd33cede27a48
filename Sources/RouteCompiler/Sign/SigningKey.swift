import COpenSSL
import TableFormat

/// An Ed25519 private key. The library keeps it, and forgets it with this value.
@safe
package struct SigningKey: ~Copyable {
    private static let publicByteCount = 32

    private let key: OpaquePointer

    /// Reads a key in PEM form.
    package init(pem: [UInt8]) throws(SigningKeyError) {
        let marker = Array("ENCRYPTED".utf8)
        let isEncrypted = pem.indices.contains { pem[$0...].starts(with: marker) }
        guard !isEncrypted else { throw .isEncrypted }
        // SAFETY: the buffer reads `pem` while it lives and is freed here. The callback keeps the library from
        // asking the terminal for a pass phrase.
        let key: OpaquePointer? = unsafe pem.withUnsafeBytes { bytes in
            let buffer = unsafe BIO_new_mem_buf(bytes.baseAddress, Int32(clamping: bytes.count))
            defer { unsafe BIO_free(buffer) }
            return unsafe PEM_read_bio_PrivateKey(buffer, nil, { _, _, _, _ in -1 }, nil)
        }
        ERR_clear_error()
        guard let key = unsafe key else { throw .notPrivateKey }
        guard unsafe EVP_PKEY_get_id(key) == EVP_PKEY_ED25519 else {
            unsafe EVP_PKEY_free(key)
            throw .notEd25519
        }
        unsafe self.key = key
    }

    deinit { unsafe EVP_PKEY_free(key) }

    /// Says which key signed: see ``TableSignature/keyName``.
    var name: [UInt8] {
        var bytes = [UInt8](repeating: 0, count: Self.publicByteCount)
        var count = bytes.count
        // SAFETY: the library writes at most `count` bytes.
        let isDone = unsafe EVP_PKEY_get_raw_public_key(key, &bytes, &count)
        precondition(isDone == 1 && count == bytes.count, "an Ed25519 key has 32 public bytes")
        return Array(TableAssembly.sha256(bytes).prefix(TableSignature.keyNameByteCount))
    }

    /// The signature of `message`.
    func signature(of message: [UInt8]) -> [UInt8] {
        var signature = [UInt8](repeating: 0, count: TableSignature.byteCount)
        var count = signature.count
        // SAFETY: the context is freed here; the library reads the message and writes at most `count` bytes.
        guard let context = unsafe EVP_MD_CTX_new() else {
            fatalError("out of memory while signing")
        }
        defer { unsafe EVP_MD_CTX_free(context) }
        let isDone =
            unsafe EVP_DigestSignInit(context, nil, nil, nil, key) == 1
            && EVP_DigestSign(context, &signature, &count, message, message.count) == 1
        precondition(isDone && count == signature.count, "a key that was read cannot sign")
        return signature
    }
}

internal import COpenSSL

/// What is kept of a request body: its size, its digest, and its first bytes.
@safe
struct BodyTally: ~Copyable {
    /// Most bytes that an answer repeats.
    static let keptByteCountMax = 64 * 1024

    private let digest: OpaquePointer
    private(set) var byteCount: UInt64 = 0
    private(set) var kept: [UInt8] = []

    init() {
        // SAFETY: plain allocation; the context is freed in `deinit` and nowhere else.
        guard let context = unsafe EVP_MD_CTX_new(),
            unsafe EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1
        else { fatalError("SHA-256 cannot be had") }
        unsafe digest = context
    }

    deinit { unsafe EVP_MD_CTX_free(digest) }

    mutating func add(_ piece: ArraySlice<UInt8>) {
        byteCount += UInt64(piece.count)
        kept += piece.prefix(Self.keptByteCountMax - kept.count)
        let context = unsafe digest
        // SAFETY: the buffer lives for the call, which copies what it needs.
        let done = unsafe piece.withUnsafeBytes { bytes in
            unsafe EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
        }
        precondition(done == 1, "SHA-256 stopped")
    }

    /// The digest of all bytes as 64 hexadecimal digits. Ends the tally.
    consuming func hexadecimalDigest() -> String {
        var result = [UInt8](repeating: 0, count: 32)
        // SAFETY: SHA-256 writes 32 bytes.
        precondition(unsafe EVP_DigestFinal_ex(digest, &result, nil) == 1, "SHA-256 stopped")
        let digits = Array("0123456789abcdef".utf8)
        let text = result.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }
}

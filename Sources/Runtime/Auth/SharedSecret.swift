internal import COpenSSL
import RouteTable
import TableFormat

/// A secret that tokens are signed and verified with.
struct SharedSecret: Sendable {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var byteCount: Int { bytes.count }

    /// Whether `signature` is the HMAC of `message`. Takes the same time wherever the two differ.
    func hasSigned(_ message: RawSpan, _ signature: [UInt8], _ algorithm: TokenAlgorithm) -> Bool {
        precondition(algorithm.family == .secret, "a secret is asked about a public key's scheme")
        guard signature.count == algorithm.hashByteCount else { return false }
        var expected = InlineArray<64, UInt8>(repeating: 0)
        var output = expected.mutableSpan
        let secret = bytes.span
        // SAFETY: the largest of the hashes writes 64 bytes; the library reads what it is told the size of,
        // during the call only.
        let isMade = unsafe output.withUnsafeMutableBufferPointer { output in
            unsafe secret.withUnsafeBufferPointer { secret in
                unsafe message.withUnsafeBytes { message in
                    let text = unsafe message.assumingMemoryBound(to: UInt8.self)
                    return unsafe HMAC(
                        Self.digest(algorithm), secret.baseAddress, Int32(secret.count),
                        text.baseAddress, text.count, output.baseAddress, nil) != nil
                }
            }
        }
        guard isMade else { return false }
        let digest = expected.span
        // SAFETY: both have as many bytes as the hash, which was compared above.
        return unsafe digest.withUnsafeBufferPointer { digest in
            unsafe CRYPTO_memcmp(digest.baseAddress, signature, signature.count) == 0
        }
    }

    private static func digest(_ algorithm: TokenAlgorithm) -> OpaquePointer? {
        // SAFETY: the library's constants.
        switch algorithm {
        case .hs256: unsafe EVP_sha256()
        case .hs384: unsafe EVP_sha384()
        default: unsafe EVP_sha512()
        }
    }
}

internal import COpenSSL
import RouteTable
import TableFormat

/// A public key that tokens are verified with. Immutable, used by all workers at once.
@safe
final class PublicKey: Sendable {
    /// What it can verify.
    enum Kind: Equatable {
        case rsa
        /// The algorithm of its curve.
        case ecdsa(TokenAlgorithm)
        case edDSA
    }

    /// Fewer bits can be factored by whoever wants to (RFC 7518, 3.3).
    static let rsaBitsMin: Int32 = 2_048
    /// With more, one verification costs more than a request may.
    static let rsaBitsMax: Int32 = 8_192

    // SAFETY: OpenSSL counts references to keys atomically; nothing changes the key after `init`, and each
    // verification has a context of its own.
    nonisolated(unsafe) private let key: OpaquePointer
    let kind: Kind

    /// Takes the key over.
    ///
    /// - Throws: ``KeyFault`` if tokens can't be signed with keys of this kind.
    private init(taking key: OpaquePointer) throws(KeyFault) {
        unsafe self.key = key
        do throws(KeyFault) {
            // SAFETY: nobody else has the key yet.
            kind = try unsafe Self.kind(of: key)
        } catch {
            // SAFETY: the key was handed over, and nobody else has it.
            unsafe EVP_PKEY_free(key)
            throw error
        }
    }

    deinit { unsafe EVP_PKEY_free(key) }

    private static func kind(of key: OpaquePointer) throws(KeyFault) -> Kind {
        // SAFETY: the caller holds the key.
        switch unsafe EVP_PKEY_get_id(key) {
        case EVP_PKEY_RSA:
            let bitCount = unsafe EVP_PKEY_get_bits(key)
            guard bitCount >= rsaBitsMin else { throw .tooShort }
            guard bitCount <= rsaBitsMax else { throw .tooLong }
            return .rsa
        case EVP_PKEY_EC:
            switch unsafe copenssl_curve(key) {
            case NID_X9_62_prime256v1: return .ecdsa(.es256)
            case NID_secp384r1: return .ecdsa(.es384)
            case NID_secp521r1: return .ecdsa(.es512)
            default: throw .unknownCurve
            }
        case EVP_PKEY_ED25519, EVP_PKEY_ED448: return .edDSA
        default: throw .unknownKind
        }
    }

    /// Whether tokens of this algorithm can be signed with such a key.
    func fits(_ algorithm: TokenAlgorithm) -> Bool {
        switch algorithm.family {
        case .secret: false
        case .rsa, .rsaPSS: kind == .rsa
        case .ecdsa: kind == .ecdsa(algorithm)
        case .edDSA: kind == .edDSA
        }
    }

    /// Whether `signature` is this key's signature of `message`.
    ///
    /// - Precondition: The key fits the algorithm.
    func hasSigned(_ message: RawSpan, _ signature: [UInt8], _ algorithm: TokenAlgorithm) -> Bool {
        precondition(fits(algorithm), "a key is asked about an algorithm of another kind")
        if case .ecdsa = kind, signature.count != Self.pairByteCount(algorithm) { return false }
        // SAFETY: the library reads what it is told the size of, during the call only; the key lives as
        // long as this object.
        return unsafe message.withUnsafeBytes { message in
            unsafe signature.withUnsafeBufferPointer { signature in
                let text = unsafe message.assumingMemoryBound(to: UInt8.self)
                switch algorithm.family {
                case .ecdsa:
                    return unsafe copenssl_verify_pair(
                        key, algorithm.digest, signature.baseAddress, signature.count,
                        text.baseAddress, text.count) == 1
                case .rsa, .rsaPSS, .edDSA, .secret:
                    return unsafe copenssl_verify(
                        key, algorithm.digest, algorithm.family == .rsaPSS ? 1 : 0,
                        signature.baseAddress, signature.count, text.baseAddress, text.count) == 1
                }
            }
        }
    }

    /// Two numbers of the curve's size (RFC 7518, 3.4).
    private static func pairByteCount(_ algorithm: TokenAlgorithm) -> Int {
        algorithm == .es512 ? 132 : 2 * algorithm.hashByteCount
    }
}

extension PublicKey {
    /// Reads a key in PEM form.
    convenience init(pem: [UInt8]) throws(KeyFault) {
        guard !PEMText.holds("PRIVATE KEY-----", in: pem) else { throw .isPrivate }
        // SAFETY: the buffer reads `pem` while it lives, and is freed here. A public key is never encrypted, so
        // nobody is asked for a pass phrase.
        let key: OpaquePointer? = unsafe pem.withUnsafeBytes { bytes in
            let buffer = unsafe BIO_new_mem_buf(bytes.baseAddress, Int32(clamping: bytes.count))
            defer { unsafe BIO_free(buffer) }
            return unsafe PEM_read_bio_PUBKEY(buffer, nil, { _, _, _, _ in -1 }, nil)
        }
        ERR_clear_error()
        guard let key = unsafe key else { throw .notPublicKey }
        try unsafe self.init(taking: key)
    }

    /// A key of RSA (RFC 7518, 6.3.1).
    convenience init(modulus: [UInt8], exponent: [UInt8]) throws(KeyFault) {
        // Checked before the library works with it.
        guard modulus.count <= Int(Self.rsaBitsMax) / 8 + 1 else { throw .tooLong }
        guard exponent.count <= 8 else { throw .malformed }
        // SAFETY: the library copies both numbers.
        let key = unsafe copenssl_rsa_key(
            modulus, Int32(modulus.count), exponent, Int32(exponent.count))
        guard let key = unsafe key else { throw .malformed }
        try unsafe self.init(taking: key)
    }

    /// A key on the curve of an algorithm of ECDSA (RFC 7518, 6.2.1).
    convenience init(
        curve algorithm: TokenAlgorithm, x: [UInt8], y: [UInt8]
    ) throws(KeyFault) {
        let size = Self.pairByteCount(algorithm) / 2
        guard x.count == size, y.count == size else { throw .malformed }
        let point: [UInt8] = [0x04] + x + y
        let name =
            switch algorithm {
            case .es256: "P-256"
            case .es384: "P-384"
            default: "P-521"
            }
        // SAFETY: the library copies name and point.
        guard let key = unsafe copenssl_ec_key(name, point, point.count) else { throw .malformed }
        try unsafe self.init(taking: key)
    }

    /// A key of Ed25519 or Ed448 (RFC 8037, 2), by the number that OpenSSL has for its kind.
    convenience init(raw: [UInt8], isEd448: Bool) throws(KeyFault) {
        // SAFETY: the library copies the bytes.
        let key = unsafe EVP_PKEY_new_raw_public_key(
            isEd448 ? EVP_PKEY_ED448 : EVP_PKEY_ED25519, nil, raw, raw.count)
        ERR_clear_error()
        guard let key = unsafe key else { throw .malformed }
        try unsafe self.init(taking: key)
    }
}

extension TokenAlgorithm {
    /// The library's hash; nil where the scheme has its own.
    @unsafe
    fileprivate var digest: OpaquePointer? {
        // SAFETY: the library's constants.
        switch hashByteCount {
        case 32: unsafe EVP_sha256()
        case 48: unsafe EVP_sha384()
        case 64: unsafe EVP_sha512()
        default: nil
        }
    }
}

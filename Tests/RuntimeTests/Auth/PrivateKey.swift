import COpenSSL
import TestSupport

/// A key made for a test, which signs tokens.
@safe
final class PrivateKey {
    private let key: OpaquePointer

    /// - Parameter kind: `RSA`, `RSA-1024`, `P-256`, `P-384`, `P-521`, `secp256k1`, `ED25519` or `ED448`.
    init(_ kind: String) throws {
        // SAFETY: a context of this function's own; the key is freed with this object.
        let isCurve = kind.hasPrefix("P-") || kind == "secp256k1"
        let isRSA = kind.hasPrefix("RSA")
        guard
            let context = unsafe EVP_PKEY_CTX_new_from_name(
                nil, isCurve ? "EC" : isRSA ? "RSA" : kind, nil)
        else { throw TokenKeyError() }
        defer { unsafe EVP_PKEY_CTX_free(context) }
        var made: OpaquePointer?
        guard unsafe EVP_PKEY_keygen_init(context) == 1 else { throw TokenKeyError() }
        if kind == "RSA-1024" { unsafe EVP_PKEY_CTX_set_rsa_keygen_bits(context, 1_024) }
        if isCurve { unsafe EVP_PKEY_CTX_set_group_name(context, kind) }
        guard unsafe EVP_PKEY_generate(context, &made) == 1, let key = unsafe made else {
            throw TokenKeyError()
        }
        unsafe self.key = key
    }

    deinit { unsafe EVP_PKEY_free(key) }

    /// The public part, as PEM.
    var publicPEM: String {
        // SAFETY: the buffer is freed here; the library says how long its text is.
        let buffer = unsafe BIO_new(BIO_s_mem())
        defer { unsafe BIO_free(buffer) }
        unsafe PEM_write_bio_PUBKEY(buffer, key)
        var text = [UInt8](repeating: 0, count: 8_192)
        let count = unsafe BIO_read(buffer, &text, Int32(text.count))
        return String(decoding: text.prefix(Int(count)), as: UTF8.self)
    }

    /// A parameter of the public part, for a JSON Web Key.
    func number(_ name: String, byteCount: Int) throws -> [UInt8] {
        var value: OpaquePointer?
        // SAFETY: the number is freed here; the array has as many bytes as it is padded to.
        guard unsafe EVP_PKEY_get_bn_param(key, name, &value) == 1 else { throw TokenKeyError() }
        defer { unsafe BN_free(value) }
        var bytes = [UInt8](repeating: 0, count: byteCount)
        guard unsafe BN_bn2binpad(value, &bytes, Int32(byteCount)) == Int32(byteCount) else {
            throw TokenKeyError()
        }
        return bytes
    }

    /// A signature as tokens have it.
    func sign(_ text: String, bits: Int, isPSS: Bool = false) throws -> [UInt8] {
        let message = Array(text.utf8)
        let digest =
            unsafe bits == 256
            ? EVP_sha256() : bits == 384 ? EVP_sha384() : bits == 512 ? EVP_sha512() : nil
        // SAFETY: context and key live to the end of the function.
        let context = unsafe EVP_MD_CTX_new()
        defer { unsafe EVP_MD_CTX_free(context) }
        var details: OpaquePointer?
        guard unsafe EVP_DigestSignInit(context, &details, digest, nil, key) == 1 else {
            throw TokenKeyError()
        }
        if isPSS {
            unsafe EVP_PKEY_CTX_set_rsa_padding(details, RSA_PKCS1_PSS_PADDING)
            unsafe EVP_PKEY_CTX_set_rsa_pss_saltlen(details, Int32(RSA_PSS_SALTLEN_DIGEST))
        }
        var signature = [UInt8](repeating: 0, count: 2_048)
        var count = signature.count
        guard unsafe EVP_DigestSign(context, &signature, &count, message, message.count) == 1 else {
            throw TokenKeyError()
        }
        signature = Array(signature.prefix(count))
        return unsafe EVP_PKEY_get_id(key) == EVP_PKEY_EC
            ? try pair(of: signature, byteCount: bits == 512 ? 66 : bits / 8) : signature
    }

    /// A whole token.
    func token(
        _ claims: String, header: String, bits: Int, isPSS: Bool = false
    ) throws -> String {
        let signed =
            TokenText.base64URL(Array(header.utf8)) + "." + TokenText.base64URL(Array(claims.utf8))
        return signed + "." + TokenText.base64URL(try sign(signed, bits: bits, isPSS: isPSS))
    }

    /// The two numbers of a signature, one behind the other.
    private func pair(of encoded: [UInt8], byteCount: Int) throws -> [UInt8] {
        var output = [UInt8](repeating: 0, count: 2 * byteCount)
        // SAFETY: the parsed pair is freed here; each number is padded to half of the array.
        return try unsafe encoded.withUnsafeBufferPointer { buffer in
            var start = buffer.baseAddress
            guard let pair = unsafe d2i_ECDSA_SIG(nil, &start, buffer.count) else {
                throw TokenKeyError()
            }
            defer { unsafe ECDSA_SIG_free(pair) }
            let size = Int32(byteCount)
            try unsafe output.withUnsafeMutableBufferPointer { output in
                guard let base = output.baseAddress,
                    unsafe BN_bn2binpad(ECDSA_SIG_get0_r(pair), base, size) == size,
                    unsafe BN_bn2binpad(ECDSA_SIG_get0_s(pair), base + byteCount, size) == size
                else { throw TokenKeyError() }
            }
            return output
        }
    }
}

/// The library would not do what a test asked for.
struct TokenKeyError: Error {}

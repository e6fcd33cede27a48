internal import COpenSSL

/// Makes tokens for tests: right ones and wrong ones.
package enum TokenText {
    /// Three texts, joined.
    package static func join(_ header: String, _ claims: String, _ signature: [UInt8]) -> String {
        "\(base64URL(Array(header.utf8))).\(base64URL(Array(claims.utf8))).\(base64URL(signature))"
    }

    /// A token signed with HMAC and a hash of as many bits.
    package static func hmac(
        _ claims: String, secret: String, header: String = #"{"alg":"HS256"}"#, bits: Int = 256
    ) -> String {
        let signed = "\(base64URL(Array(header.utf8))).\(base64URL(Array(claims.utf8)))"
        return "\(signed).\(base64URL(hmac(signed, secret: Array(secret.utf8), bits: bits)))"
    }

    /// The HMAC of a text.
    package static func hmac(_ text: String, secret: [UInt8], bits: Int = 256) -> [UInt8] {
        var output = [UInt8](repeating: 0, count: bits / 8)
        let message = Array(text.utf8)
        // SAFETY: the array has as many bytes as the hash.
        unsafe HMAC(
            bits == 256 ? EVP_sha256() : bits == 384 ? EVP_sha384() : EVP_sha512(), secret,
            Int32(secret.count), message, message.count, &output, nil)
        return output
    }

    /// A text without padding (RFC 4648, 5).
    package static func base64URL(_ bytes: [UInt8]) -> String {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        var text = ""
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var bits: UInt32 = 0
            for byte in group { bits = bits << 8 | UInt32(byte) }
            bits <<= UInt32(8 * (3 - group.count))
            for digit in 0...group.count {
                text.append(digits[Int(bits >> UInt32(18 - 6 * digit)) & 63])
            }
        }
        return text
    }
}

internal import COpenSSL
package import RouteTable

/// The values of the cookie that keeps a client at its endpoint: one for each endpoint, signed, made
/// once. A cookie is read by looking for its value, so a request costs no cryptography.
///
/// A value is the signature of the endpoint's name: who has one can come back there, and can't make
/// up another. It says nothing about the endpoint. Behind it stands when it was given, so that it can be renewed: not
/// signed, for who changes that changes nothing but when the cookie is given again.
package struct AffinityTokens: Sendable {
    /// Characters of a value: 192 bits.
    package static let tokenByteCount = 32

    /// The key of this process. Cookies of another process name nobody: their clients are sent
    /// anywhere once more.
    static let processKey: [UInt8] = {
        var key = [UInt8](repeating: 0, count: 32)
        // SAFETY: the buffer has as many bytes as are asked for.
        let status = unsafe RAND_bytes(&key, Int32(key.count))
        precondition(status == 1, "OpenSSL has no random numbers")
        return key
    }()

    /// Characters of the time behind it: seconds since 1970, in hexadecimal digits.
    package static let stampByteCount = 8

    package let cookieName: [UInt8]
    /// What follows the value in `Set-Cookie`.
    package let attributes: [UInt8]
    /// How long a browser keeps the cookie.
    private let lifetimeSeconds: UInt64
    /// All values, one behind the other.
    private let tokens: [UInt8]

    /// - Parameter endpoints: What names each endpoint for good.
    package init(
        _ affinity: ServicePolicy.Affinity, service: String, endpoints: [String], key: [UInt8]
    ) {
        cookieName = Array(affinity.cookieName.utf8)
        let seconds = max(1, affinity.milliseconds / 1_000)
        lifetimeSeconds = UInt64(seconds)
        attributes = Array("; Path=/; Max-Age=\(seconds); HttpOnly; SameSite=Lax".utf8)
        tokens = endpoints.flatMap { endpoint in
            Self.base64URL(Self.signature(of: "\(service)\0\(endpoint)", key: key).prefix(24))
        }
    }

    /// The value that names the endpoint at `index`.
    package func token(at index: Int) -> ArraySlice<UInt8> {
        tokens[index * Self.tokenByteCount..<(index + 1) * Self.tokenByteCount]
    }

    /// The endpoint that a cookie names, by its place in the service; nil if it names none.
    ///
    /// - Complexity: O(*n*) in the endpoints.
    package func endpoint(of value: RawSpan) -> Int? {
        // Without a time: of an earlier version.
        let hasStamp = value.byteCount == Self.tokenByteCount + Self.stampByteCount
        guard value.byteCount == Self.tokenByteCount || hasStamp && stamp(of: value) != nil
        else { return nil }
        for index in 0..<tokens.count / Self.tokenByteCount {
            // All bytes are compared, so that the time says nothing about the place of a difference.
            var difference: UInt8 = 0
            for offset in 0..<Self.tokenByteCount {
                difference |=
                    tokens[index * Self.tokenByteCount + offset] ^ value.octet(at: offset)
            }
            if difference == 0 { return index }
        }
        return nil
    }

    /// Whether more than half of the life of a cookie that names an endpoint is over, or it does not say.
    package func isDueForRenewal(_ value: RawSpan, nowSeconds: UInt64) -> Bool {
        guard let given = stamp(of: value), given <= nowSeconds else { return true }
        return 2 * (nowSeconds - given) > lifetimeSeconds
    }

    /// What stands behind a value that is given now.
    package static func stamp(nowSeconds: UInt64) -> InlineArray<8, UInt8> {
        InlineArray { index in
            let digit = UInt8(truncatingIfNeeded: nowSeconds >> UInt64(28 - 4 * index)) & 15
            return digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
        }
    }

    /// nil: none, or no eight digits as they are written here.
    private func stamp(of value: RawSpan) -> UInt64? {
        guard value.byteCount == Self.tokenByteCount + Self.stampByteCount else { return nil }
        var seconds: UInt64 = 0
        for offset in Self.tokenByteCount..<value.byteCount {
            let byte = value.octet(at: offset)
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                seconds = seconds << 4 | UInt64(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"):
                seconds = seconds << 4 | UInt64(byte - UInt8(ascii: "a") + 10)
            default: return nil
            }
        }
        return seconds
    }

    /// HMAC-SHA256.
    private static func signature(of text: String, key: [UInt8]) -> [UInt8] {
        let text = Array(text.utf8)
        var signature = [UInt8](repeating: 0, count: 32)
        var byteCount: UInt32 = 0
        // SAFETY: the key and the text are read within their counts; 32 bytes are written.
        let result = unsafe HMAC(
            EVP_sha256(), key, Int32(key.count), text, text.count, &signature, &byteCount)
        precondition(unsafe result != nil && byteCount == 32, "OpenSSL has no HMAC-SHA256")
        return signature
    }

    private static func base64URL(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        let alphabet = Array(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        var result: [UInt8] = []
        var bits = 0
        var bitCount = 0
        for byte in bytes {
            bits = bits << 8 | Int(byte)
            bitCount += 8
            while bitCount >= 6 {
                bitCount -= 6
                result.append(alphabet[bits >> bitCount & 63])
            }
        }
        return result
    }
}

import COpenSSL
package import RouteTable

/// The opening handshake of RFC 6455, 4: its key and its answer.
package enum WebSocketHandshake {
    /// Whether the value is the base64 form of 16 bytes (RFC 6455, 4.1).
    package static func isKey(_ value: ByteRange, in bytes: RawSpan) -> Bool {
        guard value.count == 24 else { return false }
        for offset in value.first..<value.first + 22
        where !OctetClass.isBase64(bytes.octet(at: offset)) {
            return false
        }
        return bytes.octet(at: value.first + 22) == 0x3D
            && bytes.octet(at: value.first + 23) == 0x3D
    }

    /// What `Sec-WebSocket-Accept` must be for a key (RFC 6455, 4.2.2): the base64 form of the
    /// SHA-1 of the key and a fixed text.
    ///
    /// - Parameter key: The 24 bytes of a valid key.
    package static func accept(for key: RawSpan) -> InlineArray<28, UInt8> {
        precondition(key.byteCount == 24, "a WebSocket key has 24 bytes")
        let suffix: StaticString = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        var input = InlineArray<60, UInt8>(repeating: 0)
        for index in 0..<24 { input[index] = key.octet(at: index) }
        for index in 0..<36 { input[24 + index] = suffix.octets.octet(at: index) }
        let digest = sha1(input)

        var result = InlineArray<28, UInt8>(repeating: 0x3D)
        var position = 0
        for start in stride(from: 0, to: 20, by: 3) {
            // The last group has two bytes: three digits and the padding that is already there.
            let third = start + 2 < 20 ? digest[start + 2] : 0
            let group = UInt32(digest[start]) << 16 | UInt32(digest[start + 1]) << 8 | UInt32(third)
            let digitCount = start + 2 < 20 ? 4 : 3
            for digit in 0..<digitCount {
                let value = UInt8(truncatingIfNeeded: group >> UInt32(18 - 6 * digit)) & 0x3F
                result[position + digit] = base64Digit(value)
            }
            position += 4
        }
        return result
    }

    private static func sha1(_ input: InlineArray<60, UInt8>) -> InlineArray<20, UInt8> {
        var digest = InlineArray<20, UInt8>(repeating: 0)
        var output = digest.mutableSpan
        let span = input.span
        // SAFETY: SHA-1 writes 20 bytes; both pointers are used during the call only.
        let result = unsafe output.withUnsafeMutableBufferPointer { output in
            unsafe span.withUnsafeBufferPointer { input in
                unsafe copenssl_sha1(input.baseAddress, input.count, output.baseAddress)
            }
        }
        precondition(result == 1, "the library has no SHA-1, without which no WebSocket can open")
        return digest
    }

    private static func base64Digit(_ value: UInt8) -> UInt8 {
        switch value {
        case 0..<26: 0x41 &+ value
        case 26..<52: 0x61 &+ (value &- 26)
        case 52..<62: 0x30 &+ (value &- 52)
        case 62: 0x2B
        default: 0x2F
        }
    }
}

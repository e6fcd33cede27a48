/// The header of a WebSocket frame (RFC 6455, 5.2).
struct FrameHeader: Equatable {
    enum Opcode: UInt8 {
        case continuation = 0
        case text = 1
        case binary = 2
        case close = 8
        case ping = 9
        case pong = 10

        var isControl: Bool { rawValue >= 8 }
    }

    var isFinal: Bool
    /// RSV1: the message is compressed (RFC 7692).
    var isCompressed: Bool
    var opcode: Opcode
    var payloadByteCount: UInt64
    /// Clients mask, servers do not.
    var mask: [UInt8]?

    /// Reads a client's header from the front of `input`.
    ///
    /// - Returns: The header and how many bytes it took, or `nil` while its end has not arrived.
    /// - Throws: ``ProtocolViolation`` if no client may send this.
    static func parse(
        _ input: ArraySlice<UInt8>
    ) throws(ProtocolViolation) -> (header: FrameHeader, byteCount: Int)? {
        guard input.count >= 2 else { return nil }
        let bytes = Array(input.prefix(14))
        guard bytes[0] & 0x30 == 0, bytes[1] & 0x80 != 0,
            let opcode = Opcode(rawValue: bytes[0] & 15)
        else { throw ProtocolViolation() }
        let isFinal = bytes[0] & 0x80 != 0
        let isCompressed = bytes[0] & 0x40 != 0
        let shortCount = bytes[1] & 0x7f
        let lengthByteCount = shortCount == 126 ? 2 : shortCount == 127 ? 8 : 0
        if opcode.isControl, !isFinal || isCompressed || shortCount > 125 {
            throw ProtocolViolation()
        }
        guard bytes.count >= 6 + lengthByteCount else { return nil }
        let lengthBytes = bytes[2..<(2 + lengthByteCount)]
        let byteCount =
            lengthByteCount == 0
            ? UInt64(shortCount) : lengthBytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        // RFC 6455, 5.2: the shortest form, and the top bit of the long one is zero.
        guard byteCount >> 63 == 0, lengthByteCount != 2 || byteCount > 125,
            lengthByteCount != 8 || byteCount > 0xffff
        else { throw ProtocolViolation() }
        let mask = Array(bytes[(2 + lengthByteCount)..<(6 + lengthByteCount)])
        let header = FrameHeader(
            isFinal: isFinal, isCompressed: isCompressed, opcode: opcode,
            payloadByteCount: byteCount, mask: mask)
        return (header, 6 + lengthByteCount)
    }

    /// The header as a server sends it.
    var serverBytes: [UInt8] {
        let first = (isFinal ? 0x80 : 0) | (isCompressed ? 0x40 : 0) | opcode.rawValue
        switch payloadByteCount {
        case ...125: return [first, UInt8(payloadByteCount)]
        case ...0xffff:
            return [first, 126, UInt8(payloadByteCount >> 8), UInt8(payloadByteCount & 0xff)]
        default:
            return [first, 127]
                + (0..<8).map { UInt8(truncatingIfNeeded: payloadByteCount >> (56 - 8 * $0)) }
        }
    }
}

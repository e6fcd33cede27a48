/// Frames as bytes, for tests of what reads them.
enum FrameSample {
    static let key: [UInt8] = [0x37, 0xFA, 0x21, 0x3D]

    /// A frame with the shortest length that is right.
    ///
    /// - Parameters:
    ///   - opcode: With the bits in front of it: 0x81 is a whole text message.
    ///   - isMasked: As a client must.
    static func frame(_ first: UInt8, _ payload: [UInt8], isMasked: Bool = true) -> [UInt8] {
        var bytes = [first]
        let mask: UInt8 = isMasked ? 0x80 : 0
        switch payload.count {
        case ...125: bytes.append(mask | UInt8(payload.count))
        case ...0xFFFF:
            bytes += [mask | 126, UInt8(payload.count >> 8), UInt8(payload.count & 0xFF)]
        default:
            bytes.append(mask | 127)
            bytes += (0..<8).map { UInt8(truncatingIfNeeded: payload.count >> (56 - 8 * $0)) }
        }
        guard isMasked else { return bytes + payload }
        return bytes + key + payload.enumerated().map { $1 ^ key[$0 & 3] }
    }

    static func close(_ code: UInt16, _ reason: String = "", isMasked: Bool = true) -> [UInt8] {
        frame(
            0x88, [UInt8(code >> 8), UInt8(code & 0xFF)] + Array(reason.utf8), isMasked: isMasked)
    }
}

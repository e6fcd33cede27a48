/// The head of a frame (RFC 6455, 5.2).
///
///      0 1 2 3 4 5 6 7   8 9 ...
///     |F|R|R|R|opcode | |M| length 7 | [length 16 or 64] [masking key 32]
struct FrameHead: BitwiseCopyable {
    enum Opcode {
        static let continuation: UInt8 = 0
        static let text: UInt8 = 1
        static let binary: UInt8 = 2
        static let close: UInt8 = 8
        static let ping: UInt8 = 9
        static let pong: UInt8 = 10
    }

    /// Longest head: a length of 64 bits and a masking key.
    static let byteCountMax = 14
    /// Longest payload of a control frame.
    static let controlBytesMax = 125

    let first: UInt8
    let second: UInt8

    @inline(__always)
    init(first: UInt8, second: UInt8) {
        self.first = first
        self.second = second
    }

    @inline(__always) var opcode: UInt8 { first & 0x0F }
    @inline(__always) var isFinal: Bool { first & 0x80 != 0 }
    @inline(__always) var isControl: Bool { first & 0x08 != 0 }
    @inline(__always) var isMasked: Bool { second & 0x80 != 0 }
    /// The length, or 126 or 127 where it follows in 16 or 64 bits.
    @inline(__always) var shortLength: UInt8 { second & 0x7F }
    /// Bytes of the length that follow.
    @inline(__always) var lengthByteCount: Int {
        switch shortLength {
        case 127: 8
        case 126: 2
        default: 0
        }
    }
    /// Size of the whole head.
    @inline(__always) var byteCount: Int { 2 + lengthByteCount + (isMasked ? 4 : 0) }

    /// The length of the payload.
    ///
    /// - Parameter start: Where the head begins; it is there up to the end of its length.
    @inline(__always)
    func payloadByteCount(in bytes: RawSpan, at start: Int) -> UInt64 {
        guard shortLength >= 126 else { return UInt64(shortLength) }
        var length: UInt64 = 0
        for offset in 0..<lengthByteCount {
            length = length &<< 8 | UInt64(bytes.octet(at: start + 2 + offset))
        }
        return length
    }
}

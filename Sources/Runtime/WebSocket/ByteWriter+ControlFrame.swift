extension ByteWriter {
    /// Appends a control frame.
    ///
    /// - Parameters:
    ///   - byteCount: Of the payload; at most 125.
    ///   - key: What the payload is masked with; nil towards clients (RFC 6455, 5.1).
    ///   - octet: The payload's byte at a position.
    package mutating func appendControlFrame(
        _ opcode: UInt8, byteCount: Int, key: UInt32?, octet: (Int) -> UInt8
    ) {
        precondition(byteCount <= FrameHead.controlBytesMax, "a control frame that is too long")
        append(byte: 0x80 | opcode)
        append(byte: (key == nil ? 0 : 0x80) | UInt8(byteCount))
        for index in 0..<4 where key != nil { append(byte: Self.octet(of: key ?? 0, index)) }
        for index in 0..<byteCount {
            append(byte: octet(index) ^ Self.octet(of: key ?? 0, index & 3))
        }
    }

    private static func octet(of key: UInt32, _ index: Int) -> UInt8 {
        UInt8(truncatingIfNeeded: key &>> UInt32(24 - 8 * index))
    }

    /// Appends a ping of ours.
    mutating func appendPing(mark: UInt64, sequence: UInt32, key: UInt32?) {
        appendControlFrame(
            FrameHead.Opcode.ping, byteCount: FrameCursor.pingBytes, key: key
        ) { index in
            index < 8
                ? UInt8(truncatingIfNeeded: mark &>> UInt64(56 - 8 * index))
                : UInt8(truncatingIfNeeded: sequence &>> UInt32(88 - 8 * index))
        }
    }

    /// Appends a Close frame. What does not fit it of the text is cut.
    mutating func appendClose(_ code: CloseCode, reason: RawSpan, key: UInt32?) {
        let byteCount = min(reason.byteCount, CloseReason.byteCountMax)
        appendControlFrame(FrameHead.Opcode.close, byteCount: 2 + byteCount, key: key) { index in
            switch index {
            case 0: UInt8(truncatingIfNeeded: code.rawValue &>> 8)
            case 1: UInt8(truncatingIfNeeded: code.rawValue)
            default: reason.octet(at: index - 2)
            }
        }
    }
}

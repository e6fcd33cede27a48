/// A copy of the payload of a control frame, unmasked. At most 125 bytes.
struct ControlPayload {
    private var bytes = InlineArray<125, UInt8>(repeating: 0)
    let count: Int

    /// - Parameters:
    ///   - length: At most 125.
    ///   - start: Where the frame begins; all of it is there.
    init(of head: FrameHead, _ length: Int, in span: RawSpan, at start: Int) {
        count = length
        let payload = start + head.byteCount
        for index in 0..<length {
            let octet = span.octet(at: payload + index)
            let key = head.isMasked ? span.octet(at: payload - 4 + index & 3) : 0
            bytes[index] = octet ^ key
        }
    }

    /// The first eight bytes as a number, of a payload that has them.
    var mark: UInt64 { number(0..<8) }
    /// The four bytes behind them.
    var sequence: UInt32 { UInt32(truncatingIfNeeded: number(8..<12)) }

    private func number(_ range: Range<Int>) -> UInt64 {
        var number: UInt64 = 0
        for index in range { number = number << 8 | UInt64(bytes[index]) }
        return number
    }

    /// The code of a Close frame; 0 if it has none.
    var closeCode: UInt16 { count >= 2 ? UInt16(truncatingIfNeeded: number(0..<2)) : 0 }

    /// What is wrong with the payload of a Close frame (RFC 6455, 5.5.1).
    var closeFault: FrameFault? {
        guard count > 0 else { return nil }
        guard count >= 2 else { return .shortClose }
        guard CloseCode(rawValue: closeCode).isValidOnWire else { return .invalidCloseCode }
        let reason = bytes.span.extracting(2..<count)
        return (try? UTF8Span(validating: reason)) == nil ? .invalidCloseReason : nil
    }
}

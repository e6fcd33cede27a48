import RouteTable

/// The `traceparent` of W3C Trace Context: who follows a request through several programs.
package struct TraceParent: BitwiseCopyable {
    package static let byteCount = 55
    /// Where the trace's own identifier stands.
    package static let traceID = 3..<35

    private var text = InlineArray<55, UInt8>(repeating: UInt8(ascii: "-"))

    /// Makes one for a request that brought none.
    ///
    /// - Parameters:
    ///   - high: With `low`, the random identifier of the trace.
    ///   - span: The random identifier of this hop.
    ///   - isRecorded: Whether this proxy writes a line about the request: what those behind it usually
    ///     record too.
    package init(_ high: UInt64, _ low: UInt64, span: UInt64, isRecorded: Bool) {
        text[0] = UInt8(ascii: "0")
        text[1] = UInt8(ascii: "0")
        write(high, at: 3)
        // All zeros would be no identifier.
        write(low | 1, at: 19)
        write(span | 1, at: 36)
        text[53] = UInt8(ascii: "0")
        text[54] = isRecorded ? UInt8(ascii: "1") : UInt8(ascii: "0")
    }

    private mutating func write(_ number: UInt64, at start: Int) {
        for half in 0..<2 {
            var digits = Self.digits(number &>> UInt64(32 - 32 * half) & 0xFFFF_FFFF)
            for index in 0..<8 {
                text[start + 8 * half + index] = UInt8(truncatingIfNeeded: digits)
                digits &>>= 8
            }
        }
    }

    /// The eight hexadecimal digits of a number of 32 bits, the first one in the lowest byte: each half of
    /// the number goes to its place, then each byte, then each digit, and becomes a character.
    private static func digits(_ number: UInt64) -> UInt64 {
        var spread = (number & 0xFFFF) &<< 32 | number &>> 16
        spread = (spread &>> 8) & 0x0000_00FF_0000_00FF | (spread & 0x0000_00FF_0000_00FF) &<< 16
        spread = (spread &>> 4) & 0x000F_000F_000F_000F | (spread & 0x000F_000F_000F_000F) &<< 8
        let letters = ((spread &+ 0x0606_0606_0606_0606) &>> 4) & 0x0101_0101_0101_0101
        return spread &+ 0x3030_3030_3030_3030 &+ letters &* 0x27
    }

    package var bytes: RawSpan {
        @_lifetime(borrow self)
        // SAFETY: bytes are plain data.
        get { unsafe text.span.bytes }
    }

    /// Whether a value can be passed on: `00-`, 32 digits, `-`, 16 digits, `-`, two digits; a later version
    /// may have more behind that.
    static func isValid(_ value: ByteRange, in bytes: RawSpan) -> Bool {
        guard value.count >= byteCount else { return false }
        let text = bytes.octets(value)
        for offset in 0..<byteCount {
            let byte = text.octet(at: offset)
            if offset == 2 || offset == 35 || offset == 52 {
                guard byte == UInt8(ascii: "-") else { return false }
            } else {
                guard OctetClass.isDigit(byte) || (0x61...0x66).contains(byte) else { return false }
            }
        }
        let isFirstVersion =
            text.octet(at: 0) == UInt8(ascii: "0") && text.octet(at: 1) == UInt8(ascii: "0")
        let isNoVersion =
            text.octet(at: 0) == UInt8(ascii: "f") && text.octet(at: 1) == UInt8(ascii: "f")
        guard !isNoVersion, hasDigit(text, traceID), hasDigit(text, 36..<52) else { return false }
        return text.byteCount == byteCount
            || !isFirstVersion && text.octet(at: byteCount) == UInt8(ascii: "-")
    }

    /// Whether any of the digits is not zero.
    private static func hasDigit(_ text: RawSpan, _ range: Range<Int>) -> Bool {
        for offset in range where text.octet(at: offset) != UInt8(ascii: "0") { return true }
        return false
    }
}

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
        for index in 0..<16 {
            let digit = UInt8(truncatingIfNeeded: number &>> UInt64(60 - 4 * index)) & 0x0F
            text[start + index] = digit < 10 ? 0x30 &+ digit : 0x57 &+ digit
        }
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

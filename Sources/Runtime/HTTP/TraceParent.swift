internal import CBytes
import RouteTable

/// The `traceparent` of W3C Trace Context: who follows a request through several programs.
package struct TraceParent: BitwiseCopyable {
    package static let byteCount = 55
    /// Where the trace's own identifier stands.
    package static let traceID = 3..<35

    /// The characters as they stand in memory, behind five bytes of nothing: so the digits of the trace
    /// begin with a word.
    private let text: InlineArray<8, UInt64>
    private static let textStart = 5

    /// Makes one for a request that brought none.
    ///
    /// - Parameters:
    ///   - high: With `low`, the random identifier of the trace.
    ///   - span: The random identifier of this hop.
    ///   - isRecorded: Whether this proxy writes a line about the request: what those behind it usually
    ///     record too.
    package init(_ high: UInt64, _ low: UInt64, span: UInt64, isRecorded: Bool) {
        let front = cbytes_hexadecimal(high)
        // All zeros would be no identifier.
        let back = cbytes_hexadecimal(low | 1)
        let hop = cbytes_hexadecimal(span | 1)
        let dash = UInt64(UInt8(ascii: "-"))
        let zero = UInt64(UInt8(ascii: "0"))
        let flag = isRecorded ? zero + 1 : zero
        text = [
            zero &<< 40 | zero &<< 48 | dash &<< 56,
            front.first, front.second, back.first, back.second,
            dash | hop.first &<< 8, hop.first &>> 56 | hop.second &<< 8,
            hop.second &>> 56 | dash &<< 8 | zero &<< 16 | flag &<< 24,
        ]
    }

    package var bytes: RawSpan {
        @_lifetime(borrow self)
        // SAFETY: numbers are plain data.
        get {
            unsafe text.span.bytes.extracting(Self.textStart..<Self.textStart + Self.byteCount)
        }
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

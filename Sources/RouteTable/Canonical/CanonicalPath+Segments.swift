import TableFormat

/// Any other path, segment by segment: escapes, dots and slashes.
extension CanonicalPath {
    /// Makes the canonical form of any path that begins with a slash and is not too long.
    mutating func setAny(_ path: RawSpan, rules: PathRules) -> RequestRefusal? {
        let length = path.byteCount
        var input = 1
        var written = 1
        var writtenSegments = 0
        var kept = 0
        // SAFETY: `written` never passes `input`, which is at most `pathBytesMax`; `kept` is at most the
        // number of segments written, at most `segmentCountMax`.
        unsafe bytes[0] = UInt8(ascii: "/")
        while true {
            let start = written
            if let refusal = copySegment(path, &input, &written, rules) { return refusal }
            let isLast = input == length
            let count = written - start
            if count == 0 && !isLast {
                guard rules.mergesSlashes else { return .emptySegment }
                input += 1
                continue
            }
            writtenSegments += 1
            guard writtenSegments <= TableLimits.segmentCountMax else { return .tooManySegments }
            switch dots(start, count) {
            case 0:
                if isHiddenDotSegment(start, count) { return .ambiguousDotSegment }
                unsafe starts[kept] = UInt32(start)
                kept += 1
                if !isLast {
                    // SAFETY: as above: `written` is at most `input`, which is no end yet.
                    unsafe bytes[written] = UInt8(ascii: "/")
                    written += 1
                }
            case 1:
                written = start
                if isLast {
                    unsafe starts[kept] = UInt32(start)
                    kept += 1
                }
            default:
                guard kept > 0 else { return .climbsAboveRoot }
                kept -= 1
                written = unsafe Int(starts[kept])
                if isLast {
                    unsafe starts[kept] = UInt32(written)
                    kept += 1
                }
            }
            if isLast { break }
            input += 1
        }
        self.count = written
        segmentCount = kept
        // SAFETY: `kept` is at most `segmentCountMax`; behind it is room for the end.
        unsafe starts[kept] = UInt32(written + 1)
        return nil
    }

    /// Copies up to the next slash or the end.
    @inline(__always)
    private func copySegment(
        _ path: RawSpan, _ input: inout Int, _ written: inout Int, _ rules: PathRules
    ) -> RequestRefusal? {
        let length = path.byteCount
        while input < length {
            let byte = Self.byte(path, input)
            if ByteClass.isPlain(byte) {
                // SAFETY: see `set`.
                unsafe bytes[written] = byte
                written += 1
                input += 1
                continue
            }
            if byte == UInt8(ascii: "/") { return nil }
            guard byte == UInt8(ascii: "%") else { return .forbiddenByte }
            guard input + 2 < length, let high = IPv6Text.hexDigit(Self.byte(path, input + 1)),
                let low = IPv6Text.hexDigit(Self.byte(path, input + 2))
            else { return .invalidPercentEncoding }
            let value = high &<< 4 | low
            if value == 0 { return .encodedNUL }
            if value == UInt8(ascii: "/") || value == UInt8(ascii: "\\") {
                guard rules.keepsEncodedSlash else { return .encodedSlash }
            }
            input += 3
            // SAFETY: see `set`; an escape is written in at most its own length.
            if ByteClass.isUnreserved(value) {
                unsafe bytes[written] = value
                written += 1
            } else {
                unsafe bytes[written] = UInt8(ascii: "%")
                unsafe bytes[written + 1] = Self.upperHexDigit(high)
                unsafe bytes[written + 2] = Self.upperHexDigit(low)
                written += 3
            }
        }
        return nil
    }

    private static func upperHexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") - 10 + value
    }

    /// 1 for `.`, 2 for `..`, else 0.
    @inline(__always)
    private func dots(_ start: Int, _ count: Int) -> Int {
        // SAFETY: the segment was written just now.
        guard count == 1 || count == 2, unsafe bytes[start] == UInt8(ascii: "."),
            unsafe bytes[start + count - 1] == UInt8(ascii: ".")
        else { return 0 }
        return count
    }
}

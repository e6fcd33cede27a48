import TableFormat

/// What backends may see in a canonical path that decode more often than we do, or cut it elsewhere.
extension CanonicalPath {
    /// Whether a segment begins with a dot, `.well-known` excepted, or would to a backend that takes an encoded
    /// slash for a slash or decodes more often than we do.
    var hasHiddenSegment: Bool {
        for index in 0..<segmentCount {
            // SAFETY: `index` is below `segmentCount`.
            let segment = unsafe segmentBytes(index)
            let hasEscape = unsafe segment.contains(UInt8(ascii: "%"))
            guard hasEscape else {
                if unsafe Self.isHidden(segment[...]) { return true }
                continue
            }
            let (start, count) = self.segment(index)
            let decodedCount = decodeFully(start, count)
            // SAFETY: so many bytes of the scratch memory were written just now.
            let decoded = unsafe UnsafeRawBufferPointer(start: scratch, count: decodedCount)
            var first = 0
            for end in 0...decodedCount {
                let byte = end < decodedCount ? unsafe decoded[end] : UInt8(ascii: "/")
                guard byte == UInt8(ascii: "/") || byte == UInt8(ascii: "\\") else { continue }
                if unsafe Self.isHidden(decoded[first..<end]) { return true }
                first = end + 1
            }
        }
        return false
    }

    private static func isHidden(_ name: Slice<UnsafeRawBufferPointer>) -> Bool {
        // SAFETY: the caller's bytes outlive the call.
        unsafe name.first == UInt8(ascii: ".") && !name.elementsEqual(".well-known".utf8)
    }

    /// Whether a backend that decodes more often than we do, that cuts at `;`, or that takes an encoded
    /// slash for a slash, would see a dot segment here.
    func isHiddenDotSegment(_ start: Int, _ count: Int) -> Bool {
        var isSuspect = false
        for index in start..<(start + count) {
            // SAFETY: the segment was written just now.
            let byte = unsafe bytes[index]
            if byte == UInt8(ascii: "%") || byte == UInt8(ascii: ";") {
                isSuspect = true
                break
            }
        }
        guard isSuspect else { return false }
        return hasDotPiece(decodedCount: decodeFully(start, count))
    }

    /// Decodes the segment until there is nothing to decode, into the scratch memory.
    ///
    /// An escape is decoded as soon as its last digit is there, which gives the same as decoding the
    /// whole again and again: two escapes never overlap.
    private func decodeFully(_ start: Int, _ count: Int) -> Int {
        var decoded = 0
        for index in start..<(start + count) {
            // SAFETY: `decoded` is at most `count`, which fits the scratch memory.
            unsafe scratch[decoded] = bytes[index]
            decoded += 1
            while decoded >= 3, unsafe scratch[decoded - 3] == UInt8(ascii: "%"),
                let high = unsafe IPv6Text.hexDigit(scratch[decoded - 2]),
                let low = unsafe IPv6Text.hexDigit(scratch[decoded - 1])
            {
                unsafe scratch[decoded - 3] = high &<< 4 | low
                decoded -= 2
            }
        }
        return decoded
    }

    /// Whether one of the pieces between slashes is a dot segment, with or without parameters.
    private func hasDotPiece(decodedCount: Int) -> Bool {
        var start = 0
        while true {
            var end = start
            var nameEnd: Int?
            while end < decodedCount {
                // SAFETY: `end` is below `decodedCount`, which fits the scratch memory.
                let byte = unsafe scratch[end]
                if byte == UInt8(ascii: "/") || byte == UInt8(ascii: "\\") { break }
                if byte == UInt8(ascii: ";"), nameEnd == nil { nameEnd = end }
                end += 1
            }
            let count = (nameEnd ?? end) - start
            if count == 1 || count == 2 {
                // SAFETY: as above.
                if unsafe scratch[start] == UInt8(ascii: "."),
                    unsafe scratch[start + count - 1] == UInt8(ascii: ".")
                {
                    return true
                }
            }
            if end >= decodedCount { return false }
            start = end + 1
        }
    }
}

internal import CBytes

/// Searches that look at eight or sixteen bytes at a time.
///
/// A test of a word gives bit 7 of each byte that passes it. All tests are exact for every byte:
/// sums stay below 256, so that nothing is carried from a byte to the next.
enum OctetScan {
    private static let lows: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
    private static let highs: UInt64 = 0x8080_8080_8080_8080

    /// Bit 5 of every byte: set, it makes ASCII letters lower-case.
    static let caseBits: UInt64 = 0x2020_2020_2020_2020

    /// The offset of the first control byte other than a tab: what ends a field value.
    ///
    /// Bytes from 0x80 are not controls (`obs-text`, RFC 9110, 5.5).
    /// - Returns: `bytes.byteCount` if there is none.
    /// - Complexity: O(*n*) for *n* bytes from `start` to the result.
    @inline(always)
    static func controlOffset(in bytes: RawSpan, from start: Int) -> Int {
        precondition(start >= 0 && start <= bytes.byteCount, "a scan from outside of the bytes")
        // SAFETY: checked above; the function stays in front of the end that it is given.
        return unsafe bytes.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress else { return start }
            let octets = unsafe base.assumingMemoryBound(to: UInt8.self)
            return unsafe cbytes_control_offset(octets, start, buffer.count)
        }
    }

    /// The offset of the first byte that may not stand in a request target.
    ///
    /// - Returns: `bytes.byteCount` if there is none.
    static func targetEnd(in bytes: RawSpan, from start: Int) -> Int {
        let end = bytes.byteCount
        var offset = start
        while offset <= end - 8 {
            let word = bytes.word(at: offset)
            let hits =
                below(word, 0x2121_2121_2121_2121) | equal(word, 0x2323_2323_2323_2323)
                | equal(word, lows) | (word & highs)
            if hits != 0 { return offset + hits.trailingZeroBitCount / 8 }
            offset += 8
        }
        while offset < end, OctetClass.isTarget(bytes.octet(at: offset)) { offset += 1 }
        return offset
    }

    /// The offset of the first byte that is not a token byte (RFC 9110, 5.6.2).
    ///
    /// - Returns: `bytes.byteCount` if there is none.
    @inline(always)
    static func tokenEnd(in bytes: RawSpan, from start: Int) -> Int {
        let end = bytes.byteCount
        var offset = start
        // Almost all names are letters and hyphens; the table is for what is left.
        while offset <= end - 8 {
            let word = bytes.word(at: offset)
            let others = ~(letters(word) | equal(word, 0x2D2D_2D2D_2D2D_2D2D)) & highs
            if others != 0 {
                offset += others.trailingZeroBitCount / 8
                break
            }
            offset += 8
        }
        while offset < end, OctetClass.isToken(bytes.octet(at: offset)) { offset += 1 }
        return offset
    }

    /// Whether all bytes are visible ASCII without `"` and `\`.
    @inline(always)
    static func isPlain(_ word: UInt64) -> Bool {
        (below(word, 0x2121_2121_2121_2121) | equal(word, 0x2222_2222_2222_2222)
            | equal(word, 0x5C5C_5C5C_5C5C_5C5C) | equal(word, lows) | (word & highs)) == 0
    }

    /// Marks the bytes that are below those of `limits`, which are at most 0x80.
    @inline(always)
    private static func below(_ word: UInt64, _ limits: UInt64) -> UInt64 {
        ~(((word & lows) &+ (highs &- limits)) | word) & highs
    }

    /// Marks the bytes that are those of `pattern`.
    @inline(always)
    static func equal(_ word: UInt64, _ pattern: UInt64) -> UInt64 {
        let difference = word ^ pattern
        return ~(((difference & lows) &+ lows) | difference) & highs
    }

    /// Marks ASCII letters.
    @inline(always)
    private static func letters(_ word: UInt64) -> UInt64 {
        let folded = (word | caseBits) & lows
        let fromA = folded &+ 0x1F1F_1F1F_1F1F_1F1F
        let behindZ = folded &+ 0x0505_0505_0505_0505
        return fromA & ~behindZ & ~word & highs
    }
}

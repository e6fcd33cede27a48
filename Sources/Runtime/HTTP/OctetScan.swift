/// Searches that look at eight bytes at a time.
enum OctetScan {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highs: UInt64 = 0x8080_8080_8080_8080

    /// Bit 5 of every byte: set, it makes ASCII letters lower-case.
    static let caseBits: UInt64 = 0x2020_2020_2020_2020

    /// The offset of the first control byte other than a tab: what ends a field value.
    ///
    /// Bytes from 0x80 are not controls (`obs-text`, RFC 9110, 5.5).
    /// - Returns: `bytes.byteCount` if there is none.
    /// - Complexity: O(*n*) for *n* bytes from `start` to the result.
    static func controlOffset(in bytes: RawSpan, from start: Int) -> Int {
        let end = bytes.byteCount
        var offset = start
        while offset <= end - 8 {
            var hits = controls(bytes.word(at: offset))
            while hits != 0 {
                let hit = offset + hits.trailingZeroBitCount / 8
                // The test can mark a wrong byte only above a right one, so each mark is looked at.
                if !OctetClass.isFieldContent(bytes.octet(at: hit)) { return hit }
                hits &= hits &- 1
            }
            offset += 8
        }
        while offset < end {
            if !OctetClass.isFieldContent(bytes.octet(at: offset)) { return offset }
            offset += 1
        }
        return end
    }

    /// A mark in bit 7 of each byte that is below 0x20 or 0x7F.
    @inline(always)
    private static func controls(_ word: UInt64) -> UInt64 {
        let below = (word &- 0x2020_2020_2020_2020) & ~word
        let flipped = word ^ 0x7F7F_7F7F_7F7F_7F7F
        let delete = (flipped &- ones) & ~flipped
        return (below | delete) & highs
    }
}

/// The layout of the section with PCRE2's serialised code.
///
///     tag           72 bytes: version (64, padded with zeros), pointer size, LINKSIZE
///     regex count   4 bytes
///     group count   4 bytes
///     group sizes   4 bytes each
///     groups        each what pcre2_serialize_encode made of up to 64 regexes, at multiples of 16
public enum PrecompiledLayout {
    /// Regexes that are decoded together: they share one copy of PCRE2's tables.
    @inlinable public static var groupSize: Int { 64 }
    @inlinable public static var versionByteCount: Int { 64 }
    @inlinable public static var alignment: Int { 16 }

    /// Which library wrote the code. Another one cannot read it.
    public struct Tag: Equatable, Sendable {
        /// PCRE2's version text, padded with zeros.
        public let version: [UInt8]
        public let pointerByteCount: UInt32
        public let linkSize: UInt32

        /// - Parameter version: Of ``PrecompiledLayout/versionByteCount`` bytes.
        public init(version: [UInt8], pointerByteCount: UInt32, linkSize: UInt32) {
            self.version = version
            self.pointerByteCount = pointerByteCount
            self.linkSize = linkSize
        }

        /// Bytes that a tag takes at the start of the section.
        @inlinable public static var byteCount: Int { 72 }
    }

    /// Everything before the first group.
    public static func front(tag: Tag, regexCount: Int, groupByteCounts: [Int]) -> [UInt8] {
        let byteCount = groupsOffset(groupCount: groupByteCounts.count)
        var buffer = RecordBuffer(byteCount: byteCount)
        buffer.put(tag.version, at: 0)
        buffer.put(tag.pointerByteCount, at: 64)
        buffer.put(tag.linkSize, at: 68)
        buffer.put(UInt32(regexCount), at: 72)
        buffer.put(UInt32(groupByteCounts.count), at: 76)
        for (index, byteCount) in groupByteCounts.enumerated() {
            buffer.put(UInt32(byteCount), at: 80 + 4 * index)
        }
        return buffer.bytes
    }

    /// Where the first group begins.
    public static func groupsOffset(groupCount: Int) -> Int { aligned(80 + 4 * groupCount) }

    /// The next offset at which a group may begin.
    public static func aligned(_ offset: Int) -> Int {
        (offset + alignment - 1) & ~(alignment - 1)
    }

    /// The sizes of the code blocks in one serialised group, or nil where they do not fill it exactly.
    ///
    /// PCRE2 itself trusts them. A group is a header of 16 bytes, 1,088 bytes of tables, then the blocks;
    /// each holds its own size, 72 bytes from its start (`blocksize` of `pcre2_real_code`, 10.42).
    public static func blockByteCounts(in group: [UInt8], count: Int) -> [Int]? {
        var counts: [Int] = []
        var offset = 16 + 1_088
        for _ in 0..<count {
            guard offset + 80 <= group.count else { return nil }
            var byteCount: UInt64 = 0
            for index in 0..<8 { byteCount |= UInt64(group[offset + 72 + index]) << (8 * index) }
            guard byteCount >= 80, byteCount <= UInt64(group.count - offset) else { return nil }
            counts.append(Int(byteCount))
            offset += Int(byteCount)
        }
        return offset == group.count ? counts : nil
    }
}

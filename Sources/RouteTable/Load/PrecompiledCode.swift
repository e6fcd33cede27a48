import CPCRE2
import TableFormat

/// PCRE2's serialised code in a trusted table that this very library has written.
///
/// Decoded a group at a time, on the first use of one of its regexes. The sizes of all blocks of a group
/// are walked before, since PCRE2 trusts them.
struct PrecompiledCode: Sendable {
    /// Offset and size of each group in the section.
    private let groups: [(offset: Int, byteCount: Int)]
    private let regexCount: Int

    /// - Returns: nil where the section is missing, damaged, or of another library.
    init?(_ view: TableView) {
        // SAFETY: the section lies in the table, which outlives the call.
        let section = unsafe view.bytes(of: .precompiled)
        guard section.count >= 80, let start = section.baseAddress else { return nil }
        // SAFETY: the section has the 80 bytes of its front, and the group sizes once they are checked.
        let front = unsafe RecordBytes(start)
        let tag = PrecompiledLayout.Tag(
            version: (0..<PrecompiledLayout.versionByteCount).map { front.uint8(at: $0) },
            pointerByteCount: front.uint32(at: 64), linkSize: front.uint32(at: 68))
        guard tag == Self.libraryTag() else { return nil }
        regexCount = Int(front.uint32(at: 72))
        let groupCount = Int(front.uint32(at: 76))
        guard regexCount == view.count(of: .regexes),
            groupCount == (regexCount + PrecompiledLayout.groupSize - 1)
                / PrecompiledLayout.groupSize,
            PrecompiledLayout.groupsOffset(groupCount: groupCount) <= section.count
        else { return nil }
        var groups: [(offset: Int, byteCount: Int)] = []
        var offset = PrecompiledLayout.groupsOffset(groupCount: groupCount)
        for index in 0..<groupCount {
            let byteCount = Int(front.uint32(at: 80 + 4 * index))
            guard byteCount <= section.count - offset else { return nil }
            groups.append((offset, byteCount))
            offset = PrecompiledLayout.aligned(offset + byteCount)
            guard offset <= section.count else { return nil }
        }
        self.groups = groups
    }

    private static func libraryTag() -> PrecompiledLayout.Tag? {
        let byteCount = pcre2_config_8(UInt32(PCRE2_CONFIG_VERSION), nil)
        var version = [UInt8](repeating: 0, count: PrecompiledLayout.versionByteCount)
        guard byteCount > 0, Int(byteCount) <= version.count else { return nil }
        var linkSize: UInt32 = 0
        // SAFETY: PCRE2 writes its version, whose length it told before, and 32 bits.
        _ = unsafe pcre2_config_8(UInt32(PCRE2_CONFIG_VERSION), &version)
        _ = unsafe pcre2_config_8(UInt32(PCRE2_CONFIG_LINKSIZE), &linkSize)
        return PrecompiledLayout.Tag(
            version: version, pointerByteCount: UInt32(MemoryLayout<Int>.size), linkSize: linkSize)
    }

    /// Decodes the group of `regex` into `codes`, whose entries of the group are all nil.
    ///
    /// - Returns: Whether that worked; if not, sources have to be compiled.
    func decodeGroup(
        of regex: Int, from view: TableView, into codes: UnsafeMutablePointer<OpaquePointer?>
    ) -> Bool {
        let number = regex / PrecompiledLayout.groupSize
        let first = number * PrecompiledLayout.groupSize
        let count = min(PrecompiledLayout.groupSize, regexCount - first)
        let (offset, byteCount) = groups[number]
        // SAFETY: `init` has found the group inside the section, which lies in the table.
        let section = unsafe view.bytes(of: .precompiled)
        let group = unsafe Array(section[offset..<(offset + byteCount)])
        guard PrecompiledLayout.blockByteCounts(in: group, count: count) != nil else {
            return false
        }
        // SAFETY: all blocks lie inside the group, `codes` has room for all regexes, and the file is
        // trusted: PCRE2 believes what it reads here.
        let decoded = unsafe pcre2_serialize_decode_8(codes + first, Int32(count), group, nil)
        guard decoded == Int32(count) else {
            for index in 0..<max(0, Int(decoded)) {
                unsafe pcre2_code_free_8(codes[first + index])
            }
            for index in 0..<count { unsafe codes[first + index] = nil }
            return false
        }
        return true
    }
}

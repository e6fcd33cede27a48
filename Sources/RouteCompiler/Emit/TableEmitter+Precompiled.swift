import CPCRE2
import TableFormat

extension TableEmitter {
    /// Writes PCRE2's serialised code of all regexes, for readers with the very same library.
    ///
    /// Left out where this library does not lay its blocks out as expected: readers then compile the
    /// sources, which are in the table as well.
    mutating func emitPrecompiled() {
        let regexes = lowering.regexes.regexes
        guard !regexes.isEmpty, let tag = LibraryTag.current() else { return }
        var blocks: [[UInt8]] = []
        for start in stride(from: 0, to: regexes.count, by: PrecompiledLayout.groupSize) {
            let group = Array(
                regexes[start..<min(start + PrecompiledLayout.groupSize, regexes.count)])
            guard let block = Self.serialize(group) else { return }
            blocks.append(block)
        }
        var section = PrecompiledLayout.front(
            tag: tag, regexCount: regexes.count, groupByteCounts: blocks.map(\.count))
        for block in blocks {
            section += block
            let padding = -section.count & (PrecompiledLayout.alignment - 1)
            section += [UInt8](repeating: 0, count: padding)
        }
        sections.append(bytes: section, to: .precompiled)
    }

    /// The serialised group, or nil where its blocks cannot be walked.
    private static func serialize(_ group: [CompiledRegex]) -> [UInt8]? {
        // SAFETY: the codes are alive as long as `group`.
        var codes: [OpaquePointer?] = unsafe group.map { unsafe $0.code }
        var start: UnsafeMutablePointer<UInt8>?
        var byteCount = 0
        // SAFETY: the codes are alive in `group`; PCRE2 allocates the bytes, freed below.
        let result = unsafe pcre2_serialize_encode_8(
            &codes, Int32(codes.count), &start, &byteCount, nil)
        guard result == Int32(group.count), let start = unsafe start else { return nil }
        // SAFETY: allocated by the call above.
        defer { unsafe pcre2_serialize_free_8(start) }
        // SAFETY: PCRE2 reports how many bytes it wrote.
        let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: byteCount))
        let counts = group.map(\.codeByteCount)
        return PrecompiledLayout.blockByteCounts(in: bytes, count: group.count) == counts
            ? bytes : nil
    }
}

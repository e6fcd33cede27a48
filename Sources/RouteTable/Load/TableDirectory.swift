import COpenSSL
import TableFormat

/// Header and directory of a file, checked.
struct TableDirectory {
    let header: TableHeader
    /// The known sections.
    let entries: [SectionEntry]
    /// All sections, also those that this program does not know.
    let allEntries: [SectionEntry]

    /// Checks everything that can be checked without reading the sections.
    init(checking bytes: UnsafeRawBufferPointer) throws(TableError) {
        // SAFETY: the bytes are the caller's; they are read only behind a look at their count.
        header = unsafe try Self.header(of: bytes)
        let directoryEnd =
            TableHeader.byteCount + Int(header.sectionCount) * SectionEntry.byteCount
        guard directoryEnd <= bytes.count else { throw .headerDamaged }
        guard unsafe Self.metadataChecksum(of: bytes, directoryEnd) == header.metadataChecksum
        else { throw .headerDamaged }

        guard let base = bytes.baseAddress else { throw .isEmpty }
        var all: [SectionEntry] = []
        var expected = UInt64(directoryEnd)
        var lastKind: UInt32 = 0
        for index in 0..<Int(header.sectionCount) {
            let offset = TableHeader.byteCount + index * SectionEntry.byteCount
            // SAFETY: `offset` plus an entry is at most `directoryEnd`, which lies inside `bytes`.
            let entry = unsafe SectionEntry(
                reading: RecordBytes(base + offset))
            guard entry.kind > lastKind else { throw .directoryDamaged(kind: entry.kind) }
            lastKind = entry.kind
            unsafe try Self.check(entry, at: &expected, in: bytes)
            all.append(entry)
        }
        try unsafe Self.checkPadding(from: expected, to: UInt64(bytes.count), in: bytes)
        guard UInt64(bytes.count) == Self.aligned(expected) else {
            throw .directoryDamaged(kind: lastKind)
        }
        for kind in SectionKind.allCases where kind != .precompiled {
            guard all.contains(where: { $0.kind == kind.rawValue }) else {
                throw .directoryDamaged(kind: kind.rawValue)
            }
        }
        guard Self.sha256(TableDigest.input(header: header, entries: all)) == header.digest else {
            throw .digestMismatch
        }
        // The required kinds are the first ones, so the known sections are the first entries.
        allEntries = all
        entries = all.filter { SectionKind(rawValue: $0.kind) != nil }
    }

    private static func header(
        of bytes: UnsafeRawBufferPointer
    ) throws(TableError) -> TableHeader {
        // SAFETY: the whole header is looked at only if the bytes are as long as one.
        guard bytes.count >= TableHeader.magic.count,
            unsafe bytes.prefix(TableHeader.magic.count).elementsEqual(TableHeader.magic)
        else {
            if bytes.count == 0 { throw .isEmpty }
            throw .notARouteTable
        }
        guard bytes.count >= TableHeader.byteCount, let base = bytes.baseAddress else {
            throw .wrongLength(stated: UInt64(TableHeader.byteCount), found: bytes.count)
        }
        // SAFETY: the header lies inside `bytes`.
        let header = unsafe TableHeader(reading: RecordBytes(base))
        guard header.major == TableHeader.major else {
            throw .unsupportedVersion(major: header.major, minor: header.minor)
        }
        let unknown = header.requiredFeatures & ~TableHeader.knownRequiredFeatures
        guard unknown == 0 else { throw .unknownFeatures(bits: unknown) }
        guard header.fileByteCount == UInt64(bytes.count) else {
            throw .wrongLength(stated: header.fileByteCount, found: bytes.count)
        }
        // Without a signature of a known kind, nothing may stand in its place.
        guard header.headerByteCount == UInt32(TableHeader.byteCount),
            header.sectionCount <= UInt32(TableLimits.sectionCountMax),
            unsafe header.signature != nil
                || bytes[TableSignature.headerRange].allSatisfy({ $0 == 0 })
        else { throw .headerDamaged }
        return header
    }

    private static func metadataChecksum(
        of bytes: UnsafeRawBufferPointer, _ directoryEnd: Int
    ) -> UInt32 {
        // SAFETY: the caller has compared `directoryEnd` with the count.
        var metadata = unsafe Array(bytes[..<directoryEnd])
        for index in 0..<4 { metadata[TableHeader.metadataChecksumOffset + index] = 0 }
        return CRC32C.checksum(of: metadata)
    }

    /// Checks place, size and padding of one section and moves `expected` behind it.
    private static func check(
        _ entry: SectionEntry, at expected: inout UInt64, in bytes: UnsafeRawBufferPointer
    ) throws(TableError) {
        let offset = aligned(expected)
        let total = UInt64(bytes.count)
        guard entry.offset == offset, offset <= total, entry.byteCount <= total - offset else {
            throw .directoryDamaged(kind: entry.kind)
        }
        // SAFETY: `expected`, `offset` and the end of the section are at most the count: see above.
        unsafe try checkPadding(from: expected, to: offset, in: bytes)
        let size = UInt64(entry.elementByteCount)
            .multipliedReportingOverflow(by: UInt64(entry.elementCount))
        guard !size.overflow, size.partialValue == entry.byteCount else {
            throw .directoryDamaged(kind: entry.kind)
        }
        expected = offset + entry.byteCount
        guard let kind = SectionKind(rawValue: entry.kind) else {
            guard entry.flags & SectionEntry.isOptional != 0 else {
                throw .directoryDamaged(kind: entry.kind)
            }
            return
        }
        guard entry.elementByteCount == UInt32(kind.elementByteCount), entry.reserved == 0,
            entry.flags == SectionEntry.flags(of: kind)
        else { throw .directoryDamaged(kind: entry.kind) }
    }

    /// Nothing may hide between sections.
    private static func checkPadding(
        from start: UInt64, to end: UInt64, in bytes: UnsafeRawBufferPointer
    ) throws(TableError) {
        // SAFETY: both ends are compared with the count before the bytes are looked at.
        guard start <= end, end <= UInt64(bytes.count),
            unsafe bytes[Int(start)..<Int(end)].allSatisfy({ $0 == 0 })
        else { throw .headerDamaged }
    }

    private static func aligned(_ offset: UInt64) -> UInt64 {
        let mask = UInt64(TableLimits.sectionAlignment - 1)
        return (offset + mask) & ~mask
    }

    /// SHA-256.
    static func sha256(_ bytes: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        // SAFETY: SHA256 reads `bytes.count` bytes and writes 32, which `digest` holds.
        _ = unsafe SHA256(bytes, bytes.count, &digest)
        return digest
    }
}

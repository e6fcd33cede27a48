/// What the digest of a table is taken over, so that writer and reader cannot differ.
public enum TableDigest {
    /// The bytes whose SHA-256 is the digest.
    ///
    /// The header without its digest, length, section count, checksum and signature; then of each section that
    /// counts its kind, flags, sizes and content digest. Offsets and checksums follow from these.
    public static func input(header: TableHeader, entries: [SectionEntry]) -> [UInt8] {
        var header = header
        header.digest = [UInt8](repeating: 0, count: 32)
        header.fileByteCount = 0
        header.sectionCount = 0
        header.metadataChecksum = 0
        header.signature = nil
        var buffer = RecordBuffer(byteCount: TableHeader.byteCount)
        header.write(to: &buffer)
        var input = buffer.bytes
        for entry in entries where entry.flags & SectionEntry.isOutsideDigest == 0 {
            var counted = entry
            counted.offset = 0
            counted.checksum = 0
            var buffer = RecordBuffer(byteCount: SectionEntry.byteCount)
            counted.write(to: &buffer)
            input += buffer.bytes
        }
        return input
    }
}

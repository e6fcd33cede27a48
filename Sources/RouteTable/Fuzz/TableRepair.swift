import TableFormat

/// Makes the checksums, digests and stated limits of damaged bytes fit again, so that fuzzing gets past
/// them.
package enum TableRepair {
    /// - Returns: nil where there are not even a header and a directory inside the bytes.
    package static func repair(_ bytes: [UInt8]) -> [UInt8]? {
        guard bytes.count >= TableHeader.byteCount else { return nil }
        var bytes = bytes
        var header: TableHeader = record(in: bytes, at: 0)
        let count = Int(min(header.sectionCount, UInt32(TableLimits.sectionCountMax)))
        let directoryEnd = TableHeader.byteCount + count * SectionEntry.byteCount
        guard directoryEnd <= bytes.count else { return nil }
        var entries: [SectionEntry] = []
        for index in 0..<count {
            let offset = TableHeader.byteCount + index * SectionEntry.byteCount
            var entry: SectionEntry = record(in: bytes, at: offset)
            if entry.offset <= UInt64(bytes.count),
                entry.byteCount <= UInt64(bytes.count) - entry.offset
            {
                let start = Int(entry.offset)
                let section = Array(bytes[start..<(start + Int(entry.byteCount))])
                entry.checksum = CRC32C.checksum(of: section)
            }
            write(entry, to: &bytes, at: offset)
            entries.append(entry)
        }
        header.magic = TableHeader.magic
        header.fileByteCount = UInt64(bytes.count)
        header.digest = TableDirectory.sha256(TableDigest.input(header: header, entries: entries))
        seal(&header, &bytes, directoryEnd)
        return withTrueLimits(header, bytes, entries, directoryEnd)
    }

    /// States the worst case that the content has, where it has one.
    private static func withTrueLimits(
        _ header: TableHeader, _ bytes: [UInt8], _ entries: [SectionEntry], _ directoryEnd: Int
    ) -> [UInt8] {
        guard let worstCase = LoadedTable.worstCase(ofDamaged: bytes) else { return bytes }
        var header = header
        var bytes = bytes
        header.worstCase = worstCase
        header.requestStepsMax = TableLimits.requestSteps(for: worstCase)
        header.digest = TableDirectory.sha256(TableDigest.input(header: header, entries: entries))
        seal(&header, &bytes, directoryEnd)
        return bytes
    }

    private static func seal(
        _ header: inout TableHeader, _ bytes: inout [UInt8], _ directoryEnd: Int
    ) {
        header.metadataChecksum = 0
        write(header, to: &bytes, at: 0)
        header.metadataChecksum = CRC32C.checksum(of: Array(bytes[..<directoryEnd]))
        write(header, to: &bytes, at: 0)
    }

    private static func record<Record: TableRecord>(in bytes: [UInt8], at offset: Int) -> Record {
        // SAFETY: callers checked that the record lies inside `bytes`.
        unsafe bytes.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress else { preconditionFailure("a table is not empty") }
            return unsafe Record(reading: RecordBytes(base + offset))
        }
    }

    private static func write<Record: TableRecord>(
        _ record: Record, to bytes: inout [UInt8], at offset: Int
    ) {
        var buffer = RecordBuffer(byteCount: Record.byteCount)
        record.write(to: &buffer)
        bytes.replaceSubrange(offset..<(offset + Record.byteCount), with: buffer.bytes)
    }
}

import COpenSSL
import TableFormat

/// Puts sections, directory and header together.
struct TableAssembly {
    /// The file. Complete after ``seal(_:)``.
    private(set) var bytes: [UInt8]
    private let entries: [SectionEntry]

    var byteCount: Int { bytes.count }

    /// Places the sections and leaves room for header and directory.
    init(_ sections: SectionBuffers) {
        let kinds = SectionKind.allCases.filter {
            $0 != .precompiled || sections.count(of: $0) > 0
        }
        bytes = [UInt8](
            repeating: 0,
            count: Self.aligned(TableHeader.byteCount + kinds.count * SectionEntry.byteCount))
        bytes.reserveCapacity(
            kinds.reduce(bytes.count) { $0 + Self.aligned(sections.bytes(of: $1).count) })
        var entries: [SectionEntry] = []
        for kind in kinds {
            let section = sections.bytes(of: kind)
            entries.append(Self.entry(of: kind, section, at: bytes.count))
            bytes += section
            bytes += [UInt8](repeating: 0, count: Self.aligned(bytes.count) - bytes.count)
        }
        self.entries = entries
        let directory = entries.flatMap(Self.encode)
        bytes.replaceSubrange(
            TableHeader.byteCount..<(TableHeader.byteCount + directory.count), with: directory)
    }

    /// What the loader will compute as well.
    func worstCase() -> (worstCase: WorstCase, heaviest: WorstCaseMeter.HeaviestHosts) {
        // SAFETY: the view is used inside the closure only, and the sections lie inside `bytes`.
        unsafe bytes.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress else { preconditionFailure("a file has a header") }
            return unsafe WorstCaseMeter.measureHosts(
                TableView(base: base, sectionCount: entries.count))
        }
    }

    /// Writes header and directory.
    ///
    /// - Parameter header: With everything but sizes, digest and checksum.
    /// - Returns: The digest.
    mutating func seal(_ header: TableHeader) -> [UInt8] {
        var header = header
        header.sectionCount = UInt32(entries.count)
        header.fileByteCount = UInt64(bytes.count)
        header.digest = Self.sha256(TableDigest.input(header: header, entries: entries))
        var front = Self.encode(header) + entries.flatMap(Self.encode)
        header.metadataChecksum = CRC32C.checksum(of: front)
        front.replaceSubrange(0..<TableHeader.byteCount, with: Self.encode(header))
        bytes.replaceSubrange(0..<front.count, with: front)
        return header.digest
    }

    private static func entry(
        of kind: SectionKind, _ bytes: [UInt8], at offset: Int
    ) -> SectionEntry {
        var entry = SectionEntry(kind: kind.rawValue, flags: SectionEntry.flags(of: kind))
        entry.offset = UInt64(offset)
        entry.byteCount = UInt64(bytes.count)
        entry.elementByteCount = UInt32(kind.elementByteCount)
        entry.elementCount = UInt32(bytes.count / kind.elementByteCount)
        entry.checksum = CRC32C.checksum(of: bytes)
        entry.contentDigest = contentDigest(of: bytes)
        return entry
    }

    /// SHA-256 over the SHA-256 of each 64 KiB.
    private static func contentDigest(of bytes: [UInt8]) -> [UInt8] {
        var chunks: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: TableLimits.digestChunkBytes) {
            let end = min(start + TableLimits.digestChunkBytes, bytes.count)
            chunks += sha256(bytes[start..<end])
        }
        return sha256(chunks)
    }

    static func sha256(_ bytes: [UInt8]) -> [UInt8] { sha256(bytes[...]) }

    private static func sha256(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        // SAFETY: SHA256 reads the `count` bytes of the buffer and writes 32, which `digest` holds.
        unsafe bytes.withUnsafeBufferPointer { buffer in
            _ = unsafe SHA256(buffer.baseAddress, buffer.count, &digest)
        }
        return digest
    }

    private static func aligned(_ offset: Int) -> Int {
        (offset + TableLimits.sectionAlignment - 1) & ~(TableLimits.sectionAlignment - 1)
    }

    static func encode<Record: TableRecord>(_ record: Record) -> [UInt8] {
        var buffer = RecordBuffer(byteCount: Record.byteCount)
        record.write(to: &buffer)
        return buffer.bytes
    }
}

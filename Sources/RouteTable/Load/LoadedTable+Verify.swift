import TableFormat

extension LoadedTable {
    /// The worst case of a table whose header may state another one; nil where more than that is wrong.
    /// For fuzzing.
    static func worstCase(ofDamaged bytes: [UInt8]) -> WorstCase? {
        let memory = TableMemory(copying: bytes, isTrusted: false)
        // SAFETY: directory and view are used while `memory` is alive.
        let base = unsafe memory.base
        do {
            let directory = try unsafe TableDirectory(
                checking: UnsafeRawBufferPointer(start: base, count: memory.byteCount))
            let view = unsafe TableView(base: base, sectionCount: directory.entries.count)
            try TableVerifier.verifyContent(view)
            return WorstCaseMeter.measure(view)
        } catch {
            return nil
        }
    }

    /// Whether every section has the SHA-256 that the digest was made of.
    ///
    /// Loading checks the faster CRC32C of each section; this is for `verify`.
    package func hasGenuineContent() -> Bool {
        for entry in sections {
            guard let kind = SectionKind(rawValue: entry.kind) else { continue }
            // SAFETY: the section lies in the memory that this value owns, and is copied at once.
            let bytes = unsafe Array(view.bytes(of: kind))
            var chunks: [UInt8] = []
            for start in stride(from: 0, to: bytes.count, by: TableLimits.digestChunkBytes) {
                let end = min(start + TableLimits.digestChunkBytes, bytes.count)
                chunks += TableDirectory.sha256(Array(bytes[start..<end]))
            }
            guard TableDirectory.sha256(chunks) == entry.contentDigest else { return false }
        }
        return true
    }
}

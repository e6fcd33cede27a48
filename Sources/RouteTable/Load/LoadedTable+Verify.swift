import TableFormat

extension LoadedTable {
    /// Whether every section has the SHA-256 that the digest was made of.
    ///
    /// Loading checks the faster CRC32C of each section; this is for `verify`.
    package func hasGenuineContent() -> Bool {
        for entry in sections {
            guard let kind = SectionKind(rawValue: entry.kind) else { continue }
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

import TableFormat

extension CompiledTable {
    /// The same table with a signature in its header. Its digest is the same.
    ///
    /// - Complexity: linear in the size of the directory: it holds the digests of the sections.
    package func signed(with key: borrowing SigningKey) -> CompiledTable {
        // SAFETY: a table begins with a header.
        var header = unsafe bytes.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress else { preconditionFailure("a table is not empty") }
            return unsafe TableHeader(reading: RecordBytes(base))
        }
        let frontByteCount =
            TableHeader.byteCount + Int(header.sectionCount) * SectionEntry.byteCount
        var front = Array(bytes[..<frontByteCount])
        header.signature = TableSignature(
            keyName: key.name, bytes: key.signature(of: TableSignature.message(front: front)))
        header.metadataChecksum = 0
        front.replaceSubrange(..<TableHeader.byteCount, with: TableAssembly.encode(header))
        header.metadataChecksum = CRC32C.checksum(of: front)
        front.replaceSubrange(..<TableHeader.byteCount, with: TableAssembly.encode(header))
        var signed = self
        signed.bytes.replaceSubrange(..<frontByteCount, with: front)
        return signed
    }
}

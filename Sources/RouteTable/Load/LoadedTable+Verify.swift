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
            try TableVerifier.verifySources(view)
            return try TableVerifier.worstCase(of: view)
        } catch {
            return nil
        }
    }

    /// Whether every section has the SHA-256 that the digest was made of.
    ///
    /// Loading checks the faster CRC32C of each section, and this only where a key is given.
    package func hasGenuineContent() -> Bool {
        // SAFETY: the bytes are those of the memory that this value owns.
        unsafe ContentDigest.areGenuine(
            allSections, in: UnsafeRawBufferPointer(start: memory.base, count: memory.byteCount))
    }

    /// Checks who has signed the table.
    ///
    /// - Throws: ``TableError`` if it was not `key`.
    package func checkSignature(by key: VerificationKey) throws(TableError) {
        // SAFETY: as above.
        try unsafe SignatureCheck.check(
            UnsafeRawBufferPointer(start: memory.base, count: memory.byteCount), signature, by: key)
        guard hasGenuineContent() else { throw .digestMismatch }
    }
}

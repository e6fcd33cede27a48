import TableFormat

/// Checks the signature of a table whose directory was checked.
enum SignatureCheck {
    /// - Parameter bytes: The whole table.
    /// - Throws: ``TableError`` if it is not `key` that has signed header and directory.
    static func check(
        _ bytes: UnsafeRawBufferPointer, _ signature: TableSignature?, by key: VerificationKey
    ) throws(TableError) {
        guard let signature, let base = bytes.baseAddress else { throw .unsigned }
        guard signature.keyName == key.name else { throw .signedByOther(signature.keyNameText) }
        // SAFETY: header and directory lie in the bytes: that was checked before.
        let header = unsafe TableHeader(reading: RecordBytes(base))
        let frontByteCount =
            TableHeader.byteCount + Int(header.sectionCount) * SectionEntry.byteCount
        let front = unsafe Array(bytes[..<frontByteCount])
        guard key.hasSigned(TableSignature.message(front: front), signature) else {
            throw .wrongSignature
        }
    }
}

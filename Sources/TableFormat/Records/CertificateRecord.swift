/// One certificate chain and its key, as PEM files.
package struct CertificateRecord: TableRecord, Equatable {
    @inlinable package static var byteCount: Int { 16 }

    /// Path of the chain.
    package var certificate: TextReference
    /// Path of the key.
    package var key: TextReference

    /// All fields zero, links none.
    @inlinable package init() {
        self.certificate = .none
        self.key = .none
    }

    /// Decodes the record.
    @inlinable package init(reading bytes: RecordBytes) {
        self.certificate = bytes.text(at: 0)
        self.key = bytes.text(at: 8)
    }

    /// Encodes the record.
    @inlinable package func write(to bytes: inout RecordBuffer) {
        bytes.put(certificate, at: 0)
        bytes.put(key, at: 8)
    }
}

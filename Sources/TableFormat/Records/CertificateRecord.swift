/// One certificate chain and its key, as PEM files.
public struct CertificateRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 16 }

    /// Path of the chain.
    public var certificate: TextReference
    /// Path of the key.
    public var key: TextReference

    /// All fields zero, links none.
    @inlinable public init() {
        self.certificate = .none
        self.key = .none
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.certificate = bytes.text(at: 0)
        self.key = bytes.text(at: 8)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(certificate, at: 0)
        bytes.put(key, at: 8)
    }
}

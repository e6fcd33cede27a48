/// A record of fixed size in a section. Its offsets are written once, beside each other, for reading
/// and writing.
public protocol TableRecord: Sendable {
    /// Size in bytes. A section of records is a whole number of them.
    static var byteCount: Int { get }

    /// Decodes the record. Any bytes decode; what they mean is the verifier's business.
    init(reading bytes: RecordBytes)

    /// Encodes the record into a buffer of zeros.
    func write(to bytes: inout RecordBuffer)
}

extension UInt32 {
    /// The index that stands for no link.
    @inlinable public static var none: UInt32 { .max }
}

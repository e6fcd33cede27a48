/// One segment of a segment pattern.
package struct SegmentRecord: TableRecord, Equatable {
    @inlinable package static var byteCount: Int { 8 }

    /// Its text; of a glob with the stars.
    package var textOffset: UInt32
    /// Length of the text in bytes.
    package var textByteCount: UInt16
    /// A ``SegmentKind``.
    package var kind: UInt8

    /// All fields zero, links none.
    @inlinable package init() {
        self.textOffset = 0
        self.textByteCount = 0
        self.kind = 0
    }

    /// Decodes the record.
    @inlinable package init(reading bytes: RecordBytes) {
        self.textOffset = bytes.uint32(at: 0)
        self.textByteCount = bytes.uint16(at: 4)
        self.kind = bytes.uint8(at: 6)
    }

    /// Encodes the record.
    @inlinable package func write(to bytes: inout RecordBuffer) {
        bytes.put(textOffset, at: 0)
        bytes.put(textByteCount, at: 4)
        bytes.put(kind, at: 6)
    }
}

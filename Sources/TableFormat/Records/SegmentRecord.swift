/// One segment of a segment pattern.
public struct SegmentRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 8 }

    /// Its text; of a glob with the stars.
    public var textOffset: UInt32
    /// Length of the text in bytes.
    public var textByteCount: UInt16
    /// A ``SegmentKind``.
    public var kind: UInt8

    /// All fields zero, links none.
    @inlinable public init() {
        self.textOffset = 0
        self.textByteCount = 0
        self.kind = 0
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.textOffset = bytes.uint32(at: 0)
        self.textByteCount = bytes.uint16(at: 4)
        self.kind = bytes.uint8(at: 6)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(textOffset, at: 0)
        bytes.put(textByteCount, at: 4)
        bytes.put(kind, at: 6)
    }
}

/// One piece of a value that is filled in for each request.
public struct ValuePieceRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 12 }

    /// By kind: text offset, position of a segment, number of a group, or index of a claim.
    public var value: UInt32
    /// Length of a text in bytes.
    public var byteCount: UInt32
    /// A ``ValuePieceKind``.
    public var kind: UInt8

    /// All fields zero, links none.
    @inlinable public init() {
        self.value = 0
        self.byteCount = 0
        self.kind = 0
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.value = bytes.uint32(at: 0)
        self.byteCount = bytes.uint32(at: 4)
        self.kind = bytes.uint8(at: 8)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(value, at: 0)
        bytes.put(byteCount, at: 4)
        bytes.put(kind, at: 8)
    }
}

/// One piece of a template.
public struct TemplatePieceRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 12 }

    /// A ``PieceKind``.
    public var kind: UInt8
    /// Text offset, position of a segment, or number of a group; by kind.
    public var value: UInt32
    /// Length of a literal in bytes.
    public var byteCount: UInt32

    /// All fields zero, links none.
    @inlinable public init() {
        self.kind = 0
        self.value = 0
        self.byteCount = 0
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.kind = bytes.uint8(at: 0)
        self.value = bytes.uint32(at: 4)
        self.byteCount = bytes.uint32(at: 8)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(kind, at: 0)
        bytes.put(value, at: 4)
        bytes.put(byteCount, at: 8)
    }
}

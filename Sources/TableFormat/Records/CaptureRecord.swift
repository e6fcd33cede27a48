/// One named part of a route's pattern or of its host's.
public struct CaptureRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 16 }

    /// Its name.
    public var name: TextReference
    /// Position of the segment, or number of the group.
    public var value: UInt32
    /// A ``PieceKind`` of captures.
    public var kind: UInt8

    /// All fields zero, links none.
    @inlinable public init() {
        self.name = .none
        self.value = 0
        self.kind = 0
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.name = bytes.text(at: 0)
        self.value = bytes.uint32(at: 8)
        self.kind = bytes.uint8(at: 12)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(name, at: 0)
        bytes.put(value, at: 8)
        bytes.put(kind, at: 12)
    }
}

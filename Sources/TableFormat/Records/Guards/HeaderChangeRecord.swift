/// One change to the fields of a head.
public struct HeaderChangeRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 20 }

    /// Name of the field, as written.
    public var name: TextReference
    /// Index of the first piece of the value.
    public var firstPiece: UInt32
    /// Number of pieces.
    public var pieceCount: UInt32
    /// A ``HeaderChangeKind``.
    public var kind: UInt8

    /// All fields zero, links none.
    @inlinable public init() {
        self.name = .none
        self.firstPiece = 0
        self.pieceCount = 0
        self.kind = 0
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.name = bytes.text(at: 0)
        self.firstPiece = bytes.uint32(at: 8)
        self.pieceCount = bytes.uint32(at: 12)
        self.kind = bytes.uint8(at: 16)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(name, at: 0)
        bytes.put(firstPiece, at: 8)
        bytes.put(pieceCount, at: 12)
        bytes.put(kind, at: 16)
    }
}

/// One text of the lists of an `auth` middleware. Those of a middleware follow each other.
public struct AuthItemRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 12 }

    /// What it says.
    public var text: TextReference
    /// An ``AuthItemKind``.
    public var kind: UInt8

    /// All fields zero, links none.
    @inlinable public init() {
        self.text = .none
        self.kind = 0
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.text = bytes.text(at: 0)
        self.kind = bytes.uint8(at: 8)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(text, at: 0)
        bytes.put(kind, at: 8)
    }
}

/// One middleware definition that is enabled.
public struct MiddlewareRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 40 }

    /// Its name.
    public var name: TextReference
    /// The word that `type` uses.
    public var typeName: TextReference
    /// Source file.
    public var file: UInt32
    /// Line in it, from 1.
    public var line: UInt32
    /// Index of what it was told, in the section of its kind, or none.
    public var policy: UInt32
    /// A ``MiddlewareKind``.
    public var kind: UInt8
    /// A hash of all that it was told: equal for equal contents, in any table.
    public var contentHash: UInt64

    /// All fields zero, links none.
    @inlinable public init() {
        self.name = .none
        self.typeName = .none
        self.file = 0
        self.line = 0
        self.policy = .none
        self.kind = 0
        self.contentHash = 0
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.name = bytes.text(at: 0)
        self.typeName = bytes.text(at: 8)
        self.file = bytes.uint32(at: 16)
        self.line = bytes.uint32(at: 20)
        self.policy = bytes.uint32(at: 24)
        self.kind = bytes.uint8(at: 28)
        self.contentHash = bytes.uint64(at: 32)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(name, at: 0)
        bytes.put(typeName, at: 8)
        bytes.put(file, at: 16)
        bytes.put(line, at: 20)
        bytes.put(policy, at: 24)
        bytes.put(kind, at: 28)
        bytes.put(contentHash, at: 32)
    }
}

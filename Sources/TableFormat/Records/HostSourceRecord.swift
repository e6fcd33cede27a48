/// Where a host rule comes from. One for each host rule.
public struct HostSourceRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 20 }

    /// The pattern as it was written.
    public var pattern: TextReference
    /// Source file.
    public var file: UInt32
    /// Line in it, from 1.
    public var line: UInt32
    /// 1: `order: declared`.
    public var isDeclaredOrder: UInt8

    /// All fields zero, links none.
    @inlinable public init() {
        self.pattern = .none
        self.file = 0
        self.line = 0
        self.isDeclaredOrder = 0
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.pattern = bytes.text(at: 0)
        self.file = bytes.uint32(at: 8)
        self.line = bytes.uint32(at: 12)
        self.isDeclaredOrder = bytes.uint8(at: 16)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(pattern, at: 0)
        bytes.put(file, at: 8)
        bytes.put(line, at: 12)
        bytes.put(isDeclaredOrder, at: 16)
    }
}

/// One condition of a route.
public struct ConditionRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 16 }

    /// A ``ConditionKind``.
    public var kind: UInt8
    /// 1: the value is matched by a regex.
    public var isRegex: UInt8
    /// Length of the name in bytes.
    public var nameByteCount: UInt16
    /// Name of the field, parameter or cookie.
    public var nameOffset: UInt32
    /// Text offset, regex, first address range, or protocol; by kind.
    public var value: UInt32
    /// Bytes of the text, or number of address ranges.
    public var valueCount: UInt32

    /// All fields zero, links none.
    @inlinable public init() {
        self.kind = 0
        self.isRegex = 0
        self.nameByteCount = 0
        self.nameOffset = 0
        self.value = 0
        self.valueCount = 0
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.kind = bytes.uint8(at: 0)
        self.isRegex = bytes.uint8(at: 1)
        self.nameByteCount = bytes.uint16(at: 2)
        self.nameOffset = bytes.uint32(at: 4)
        self.value = bytes.uint32(at: 8)
        self.valueCount = bytes.uint32(at: 12)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(kind, at: 0)
        bytes.put(isRegex, at: 1)
        bytes.put(nameByteCount, at: 2)
        bytes.put(nameOffset, at: 4)
        bytes.put(value, at: 8)
        bytes.put(valueCount, at: 12)
    }
}

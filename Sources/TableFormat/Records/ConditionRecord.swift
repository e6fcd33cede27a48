/// One condition of a route.
package struct ConditionRecord: TableRecord, Equatable {
    @inlinable package static var byteCount: Int { 16 }

    /// A ``ConditionKind``.
    package var kind: UInt8
    /// 1: the value is matched by a regex.
    package var isRegex: UInt8
    /// Length of the name in bytes.
    package var nameByteCount: UInt16
    /// Name of the field, parameter or cookie.
    package var nameOffset: UInt32
    /// Text offset, regex, first address range, or protocol; by kind.
    package var value: UInt32
    /// Bytes of the text, or number of address ranges.
    package var valueCount: UInt32

    /// All fields zero, links none.
    @inlinable package init() {
        self.kind = 0
        self.isRegex = 0
        self.nameByteCount = 0
        self.nameOffset = 0
        self.value = 0
        self.valueCount = 0
    }

    /// Decodes the record.
    @inlinable package init(reading bytes: RecordBytes) {
        self.kind = bytes.uint8(at: 0)
        self.isRegex = bytes.uint8(at: 1)
        self.nameByteCount = bytes.uint16(at: 2)
        self.nameOffset = bytes.uint32(at: 4)
        self.value = bytes.uint32(at: 8)
        self.valueCount = bytes.uint32(at: 12)
    }

    /// Encodes the record.
    @inlinable package func write(to bytes: inout RecordBuffer) {
        bytes.put(kind, at: 0)
        bytes.put(isRegex, at: 1)
        bytes.put(nameByteCount, at: 2)
        bytes.put(nameOffset, at: 4)
        bytes.put(value, at: 8)
        bytes.put(valueCount, at: 12)
    }
}

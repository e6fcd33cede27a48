/// One CIDR, in IPv6 form.
public struct AddressRangeRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 24 }

    /// First eight bytes of the address, most significant first.
    public var high: UInt64
    /// Last eight bytes.
    public var low: UInt64
    /// 0 to 128.
    public var prefixLength: UInt8

    /// All fields zero, links none.
    @inlinable public init() {
        self.high = 0
        self.low = 0
        self.prefixLength = 0
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.high = bytes.uint64(at: 0)
        self.low = bytes.uint64(at: 8)
        self.prefixLength = bytes.uint8(at: 16)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(high, at: 0)
        bytes.put(low, at: 8)
        bytes.put(prefixLength, at: 16)
    }
}

/// From one address up to the next record's: whether clients there are let in.
public struct AddressVerdictRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 24 }

    /// First eight bytes of the first address, most significant first.
    public var high: UInt64
    /// Last eight bytes.
    public var low: UInt64
    /// 1 if they are, 0 if not.
    public var admits: UInt8

    /// All fields zero, links none.
    @inlinable public init() {
        self.high = 0
        self.low = 0
        self.admits = 0
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.high = bytes.uint64(at: 0)
        self.low = bytes.uint64(at: 8)
        self.admits = bytes.uint8(at: 16)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(high, at: 0)
        bytes.put(low, at: 8)
        bytes.put(admits, at: 16)
    }
}

/// One CIDR, in IPv6 form.
package struct AddressRangeRecord: TableRecord, Equatable {
    @inlinable package static var byteCount: Int { 24 }

    /// First eight bytes of the address, most significant first.
    package var high: UInt64
    /// Last eight bytes.
    package var low: UInt64
    /// 0 to 128.
    package var prefixLength: UInt8

    /// All fields zero, links none.
    @inlinable package init() {
        self.high = 0
        self.low = 0
        self.prefixLength = 0
    }

    /// Decodes the record.
    @inlinable package init(reading bytes: RecordBytes) {
        self.high = bytes.uint64(at: 0)
        self.low = bytes.uint64(at: 8)
        self.prefixLength = bytes.uint8(at: 16)
    }

    /// Encodes the record.
    @inlinable package func write(to bytes: inout RecordBuffer) {
        bytes.put(high, at: 0)
        bytes.put(low, at: 8)
        bytes.put(prefixLength, at: 16)
    }
}

/// One of several weighted targets.
package struct TargetRecord: TableRecord, Equatable {
    @inlinable package static var byteCount: Int { 8 }

    /// The service.
    package var service: UInt32
    /// Its weight and those of the targets before it. Ascending.
    package var cumulativeWeight: UInt32

    /// All fields zero, links none.
    @inlinable package init() {
        self.service = 0
        self.cumulativeWeight = 0
    }

    /// Decodes the record.
    @inlinable package init(reading bytes: RecordBytes) {
        self.service = bytes.uint32(at: 0)
        self.cumulativeWeight = bytes.uint32(at: 4)
    }

    /// Encodes the record.
    @inlinable package func write(to bytes: inout RecordBuffer) {
        bytes.put(service, at: 0)
        bytes.put(cumulativeWeight, at: 4)
    }
}

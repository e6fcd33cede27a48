/// One key of one shape. An empty slot has no candidates.
package struct ShapeSlotRecord: TableRecord, Equatable {
    @inlinable package static var byteCount: Int { 16 }

    /// Upper half of the key hash.
    package var tag: UInt32
    /// The shape that the key belongs to.
    package var shape: UInt32
    /// The routes, best first.
    package var candidates: CandidateRun

    /// All fields zero, links none.
    @inlinable package init() {
        self.tag = 0
        self.shape = 0
        self.candidates = .none
    }

    /// Decodes the record.
    @inlinable package init(reading bytes: RecordBytes) {
        self.tag = bytes.uint32(at: 0)
        self.shape = bytes.uint32(at: 4)
        self.candidates = bytes.candidates(at: 8)
    }

    /// Encodes the record.
    @inlinable package func write(to bytes: inout RecordBuffer) {
        bytes.put(tag, at: 0)
        bytes.put(shape, at: 4)
        bytes.put(candidates, at: 8)
    }
}

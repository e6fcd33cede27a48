/// One literal that regexes require. An empty slot has no candidates.
package struct LiteralSlotRecord: TableRecord, Equatable {
    @inlinable package static var byteCount: Int { 16 }

    /// Upper half of the key hash.
    package var tag: UInt32
    /// An affix, or a regex space with bit 31 set.
    package var owner: UInt32
    /// Routes or host rules, best first.
    package var candidates: CandidateRun

    /// All fields zero, links none.
    @inlinable package init() {
        self.tag = 0
        self.owner = 0
        self.candidates = .none
    }

    /// Decodes the record.
    @inlinable package init(reading bytes: RecordBytes) {
        self.tag = bytes.uint32(at: 0)
        self.owner = bytes.uint32(at: 4)
        self.candidates = bytes.candidates(at: 8)
    }

    /// Encodes the record.
    @inlinable package func write(to bytes: inout RecordBuffer) {
        bytes.put(tag, at: 0)
        bytes.put(owner, at: 4)
        bytes.put(candidates, at: 8)
    }

    /// Set in ``owner`` where it names a regex space.
    @inlinable package static var ownerIsSpace: UInt32 { 0x8000_0000 }
}

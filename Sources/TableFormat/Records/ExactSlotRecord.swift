/// One path of the exact hash. The routes name the host. An empty slot has no candidates.
package struct ExactSlotRecord: TableRecord, Equatable {
    @inlinable package static var byteCount: Int { 16 }

    /// Upper half of the key hash.
    package var tag: UInt32
    /// The path in the text section.
    package var pathOffset: UInt32
    /// Length of the path in bytes.
    package var pathByteCount: UInt16
    /// Number of routes with this path.
    package var candidateCount: UInt16
    /// As in ``CandidateRun/first``.
    package var firstCandidate: UInt32

    /// All fields zero, links none.
    @inlinable package init() {
        self.tag = 0
        self.pathOffset = 0
        self.pathByteCount = 0
        self.candidateCount = 0
        self.firstCandidate = 0
    }

    /// Decodes the record.
    @inlinable package init(reading bytes: RecordBytes) {
        self.tag = bytes.uint32(at: 0)
        self.pathOffset = bytes.uint32(at: 4)
        self.pathByteCount = bytes.uint16(at: 8)
        self.candidateCount = bytes.uint16(at: 10)
        self.firstCandidate = bytes.uint32(at: 12)
    }

    /// Encodes the record.
    @inlinable package func write(to bytes: inout RecordBuffer) {
        bytes.put(tag, at: 0)
        bytes.put(pathOffset, at: 4)
        bytes.put(pathByteCount, at: 8)
        bytes.put(candidateCount, at: 10)
        bytes.put(firstCandidate, at: 12)
    }

    /// The routes, best first.
    @inlinable package var candidates: CandidateRun {
        CandidateRun(first: firstCandidate, count: UInt32(candidateCount))
    }
}

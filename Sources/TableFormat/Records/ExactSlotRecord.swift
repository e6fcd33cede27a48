/// One path of the exact hash. The routes name the host. An empty slot has no candidates.
public struct ExactSlotRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 16 }

    /// Upper half of the key hash.
    public var tag: UInt32
    /// The path in the text section.
    public var pathOffset: UInt32
    /// Length of the path in bytes.
    public var pathByteCount: UInt16
    /// Number of routes with this path.
    public var candidateCount: UInt16
    /// As in ``CandidateRun/first``.
    public var firstCandidate: UInt32

    /// All fields zero, links none.
    @inlinable public init() {
        self.tag = 0
        self.pathOffset = 0
        self.pathByteCount = 0
        self.candidateCount = 0
        self.firstCandidate = 0
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.tag = bytes.uint32(at: 0)
        self.pathOffset = bytes.uint32(at: 4)
        self.pathByteCount = bytes.uint16(at: 8)
        self.candidateCount = bytes.uint16(at: 10)
        self.firstCandidate = bytes.uint32(at: 12)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(tag, at: 0)
        bytes.put(pathOffset, at: 4)
        bytes.put(pathByteCount, at: 8)
        bytes.put(candidateCount, at: 10)
        bytes.put(firstCandidate, at: 12)
    }

    /// The routes, best first.
    @inlinable public var candidates: CandidateRun {
        CandidateRun(first: firstCandidate, count: UInt32(candidateCount))
    }
}

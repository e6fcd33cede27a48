/// One key of one shape. An empty slot has no candidates.
public struct ShapeSlotRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 16 }

    /// Upper half of the key hash.
    public var tag: UInt32
    /// The shape that the key belongs to.
    public var shape: UInt32
    /// The routes, best first.
    public var candidates: CandidateRun

    /// All fields zero, links none.
    @inlinable public init() {
        self.tag = 0
        self.shape = 0
        self.candidates = .none
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.tag = bytes.uint32(at: 0)
        self.shape = bytes.uint32(at: 4)
        self.candidates = bytes.candidates(at: 8)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(tag, at: 0)
        bytes.put(shape, at: 4)
        bytes.put(candidates, at: 8)
    }
}

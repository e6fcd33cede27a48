/// One literal that regexes require. An empty slot has no candidates.
public struct LiteralSlotRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 16 }

    /// Upper half of the key hash.
    public var tag: UInt32
    /// An affix, or a regex space with bit 31 set.
    public var owner: UInt32
    /// Routes or host rules, best first.
    public var candidates: CandidateRun

    /// All fields zero, links none.
    @inlinable public init() {
        self.tag = 0
        self.owner = 0
        self.candidates = .none
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.tag = bytes.uint32(at: 0)
        self.owner = bytes.uint32(at: 4)
        self.candidates = bytes.candidates(at: 8)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(tag, at: 0)
        bytes.put(owner, at: 4)
        bytes.put(candidates, at: 8)
    }

    /// Set in ``owner`` where it names a regex space.
    @inlinable public static var ownerIsSpace: UInt32 { 0x8000_0000 }
}

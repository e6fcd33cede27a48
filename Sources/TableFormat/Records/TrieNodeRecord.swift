/// One node of the trie that a host with many shapes has instead of them.
public struct TrieNodeRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 28 }

    /// Number of segments that lead here.
    public var depth: UInt8
    /// The best route at or below this node.
    public var bestRoute: UInt32
    /// The node for any segment, behind this one, or none.
    public var openChild: UInt32
    /// Routes of paths that end here, best first.
    public var atEnd: CandidateRun
    /// Routes of paths that end here or further on, best first.
    public var below: CandidateRun

    /// All fields zero, links none.
    @inlinable public init() {
        self.depth = 0
        self.bestRoute = 0
        self.openChild = .none
        self.atEnd = .none
        self.below = .none
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.depth = bytes.uint8(at: 24)
        self.bestRoute = bytes.uint32(at: 0)
        self.openChild = bytes.uint32(at: 4)
        self.atEnd = bytes.candidates(at: 8)
        self.below = bytes.candidates(at: 16)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(depth, at: 24)
        bytes.put(bestRoute, at: 0)
        bytes.put(openChild, at: 4)
        bytes.put(atEnd, at: 8)
        bytes.put(below, at: 16)
    }
}

/// One node of the trie that a host with many shapes has instead of them.
package struct TrieNodeRecord: TableRecord, Equatable {
    @inlinable package static var byteCount: Int { 28 }

    /// Number of segments that lead here.
    package var depth: UInt8
    /// The best route at or below this node.
    package var bestRoute: UInt32
    /// The node for any segment, behind this one, or none.
    package var openChild: UInt32
    /// Routes of paths that end here, best first.
    package var atEnd: CandidateRun
    /// Routes of paths that end here or further on, best first.
    package var below: CandidateRun

    /// All fields zero, links none.
    @inlinable package init() {
        self.depth = 0
        self.bestRoute = 0
        self.openChild = .none
        self.atEnd = .none
        self.below = .none
    }

    /// Decodes the record.
    @inlinable package init(reading bytes: RecordBytes) {
        self.depth = bytes.uint8(at: 24)
        self.bestRoute = bytes.uint32(at: 0)
        self.openChild = bytes.uint32(at: 4)
        self.atEnd = bytes.candidates(at: 8)
        self.below = bytes.candidates(at: 16)
    }

    /// Encodes the record.
    @inlinable package func write(to bytes: inout RecordBuffer) {
        bytes.put(depth, at: 24)
        bytes.put(bestRoute, at: 0)
        bytes.put(openChild, at: 4)
        bytes.put(atEnd, at: 8)
        bytes.put(below, at: 16)
    }
}

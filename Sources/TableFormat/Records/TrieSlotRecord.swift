/// One literal edge of the trie. An empty slot has no child.
package struct TrieSlotRecord: TableRecord, Equatable {
    @inlinable package static var byteCount: Int { 20 }

    /// Upper half of the key hash.
    package var tag: UInt32
    /// The node the edge leaves.
    package var parent: UInt32
    /// The node it leads to, behind the parent, or none.
    package var child: UInt32
    /// The bytes of the segment.
    package var segment: TextReference

    /// All fields zero, links none.
    @inlinable package init() {
        self.tag = 0
        self.parent = 0
        self.child = .none
        self.segment = .none
    }

    /// Decodes the record.
    @inlinable package init(reading bytes: RecordBytes) {
        self.tag = bytes.uint32(at: 0)
        self.parent = bytes.uint32(at: 4)
        self.child = bytes.uint32(at: 8)
        self.segment = bytes.text(at: 12)
    }

    /// Encodes the record.
    @inlinable package func write(to bytes: inout RecordBuffer) {
        bytes.put(tag, at: 0)
        bytes.put(parent, at: 4)
        bytes.put(child, at: 8)
        bytes.put(segment, at: 12)
    }
}

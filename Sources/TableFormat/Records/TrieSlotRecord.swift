/// One literal edge of the trie. An empty slot has no child.
public struct TrieSlotRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 20 }

    /// Upper half of the key hash.
    public var tag: UInt32
    /// The node the edge leaves.
    public var parent: UInt32
    /// The node it leads to, behind the parent, or none.
    public var child: UInt32
    /// The bytes of the segment.
    public var segment: TextReference

    /// All fields zero, links none.
    @inlinable public init() {
        self.tag = 0
        self.parent = 0
        self.child = .none
        self.segment = .none
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.tag = bytes.uint32(at: 0)
        self.parent = bytes.uint32(at: 4)
        self.child = bytes.uint32(at: 8)
        self.segment = bytes.text(at: 12)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(tag, at: 0)
        bytes.put(parent, at: 4)
        bytes.put(child, at: 8)
        bytes.put(segment, at: 12)
    }
}

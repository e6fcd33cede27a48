/// One state of the Aho-Corasick automaton. Breadth-first: a failure link leads to an earlier state, an
/// edge to a later one.
public struct AutomatonStateRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 24 }

    /// Index of the first edge.
    public var firstEdge: UInt32
    /// Number of edges, sorted by byte. At most 256.
    public var edgeCount: UInt16
    /// Length of the text that leads here, in bytes.
    public var depth: UInt16
    /// State of the longest proper suffix; the root for the root.
    public var failure: UInt32
    /// The literal that ends here, or none.
    public var literal: UInt32
    /// The next state along the failures where a literal ends, or none.
    public var nextOutput: UInt32

    /// All fields zero, links none.
    @inlinable public init() {
        self.firstEdge = 0
        self.edgeCount = 0
        self.depth = 0
        self.failure = 0
        self.literal = .none
        self.nextOutput = .none
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.firstEdge = bytes.uint32(at: 0)
        self.edgeCount = bytes.uint16(at: 4)
        self.depth = bytes.uint16(at: 6)
        self.failure = bytes.uint32(at: 8)
        self.literal = bytes.uint32(at: 12)
        self.nextOutput = bytes.uint32(at: 16)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(firstEdge, at: 0)
        bytes.put(edgeCount, at: 4)
        bytes.put(depth, at: 6)
        bytes.put(failure, at: 8)
        bytes.put(literal, at: 12)
        bytes.put(nextOutput, at: 16)
    }
}

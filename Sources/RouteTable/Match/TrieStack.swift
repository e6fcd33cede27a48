import TableFormat

/// The nodes of a trie that are still to be visited: at most one for each level, since a node's literal
/// child is followed at once and its open child waits.
@safe
struct TrieStack: ~Copyable {
    private static let capacity = TableLimits.segmentCountMax + 2

    private let nodes: UnsafeMutablePointer<UInt32>
    private(set) var count = 0

    init() {
        // SAFETY: memory of this value's own, of this capacity, given back in `deinit`.
        unsafe nodes = .allocate(capacity: Self.capacity)
        unsafe nodes.initialize(repeating: 0, count: Self.capacity)
    }

    deinit { unsafe nodes.deallocate() }

    mutating func push(_ node: UInt32) {
        precondition(count < Self.capacity, "a trie is deeper than was verified")
        // SAFETY: checked above.
        unsafe nodes[count] = node
        count += 1
    }

    mutating func pop() -> UInt32? {
        guard count > 0 else { return nil }
        count -= 1
        // SAFETY: `count` is below the capacity.
        return unsafe nodes[count]
    }

    mutating func removeAll() { count = 0 }
}

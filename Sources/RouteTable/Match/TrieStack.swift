import TableFormat

/// The nodes of a trie that are still to be visited: at most one for each level, since a node's literal
/// child is followed at once and its open child waits.
struct TrieStack {
    private var nodes = InlineArray<66, UInt32>(repeating: 0)
    private(set) var count = 0

    mutating func push(_ node: UInt32) {
        precondition(count < 66, "a trie is deeper than was verified")
        nodes[count] = node
        count += 1
    }

    mutating func pop() -> UInt32? {
        guard count > 0 else { return nil }
        count -= 1
        return nodes[count]
    }

    mutating func removeAll() { count = 0 }
}

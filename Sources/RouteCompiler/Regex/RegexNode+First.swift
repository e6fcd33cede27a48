extension RegexNode {
    /// Whether some match of the node is empty.
    var canBeEmpty: Bool {
        switch self {
        case .set: false
        case .concatenation(let nodes): nodes.allSatisfy(\.canBeEmpty)
        case .alternation(let nodes): nodes.contains(where: \.canBeEmpty)
        case .repeated(let node, let min, _): min == 0 || node.canBeEmpty
        case .capture(let node, _): node.canBeEmpty
        case .start, .end, .zeroWidth, .anything: true
        }
    }

    /// What a match of the node can begin with.
    var first: ByteSet {
        switch self {
        case .set(let set): return set
        case .concatenation(let nodes): return Self.first(of: nodes[...])
        case .alternation(let nodes):
            return nodes.reduce(into: ByteSet()) { $0.formUnion($1.first) }
        case .repeated(let node, _, let max): return max == 0 ? ByteSet() : node.first
        case .capture(let node, _): return node.first
        case .start, .end, .zeroWidth: return ByteSet()
        case .anything: return .all
        }
    }

    /// What a match of these nodes, one behind the other, can begin with.
    static func first(of nodes: ArraySlice<RegexNode>) -> ByteSet {
        var result = ByteSet()
        for node in nodes {
            result.formUnion(node.first)
            if !node.canBeEmpty { break }
        }
        return result
    }

    /// The set that the node is, whatever groups are around it, or nil.
    var asSet: ByteSet? {
        switch self {
        case .set(let set): return set
        case .capture(let inner, _): return inner.asSet
        case .alternation(let branches):
            var union = ByteSet()
            for branch in branches {
                guard let set = branch.asSet else { return nil }
                union.formUnion(set)
            }
            return union
        default: return nil
        }
    }
}

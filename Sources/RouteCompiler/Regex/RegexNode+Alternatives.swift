extension RegexNode {
    /// Nodes without alternations and optional parts, as far as that makes few of them, that together match what this
    /// one matches.
    var alternatives: [RegexNode] { alternatives(atMost: Self.alternativeCountMax) }

    private static let alternativeCountMax = 32

    /// - Returns: The node alone where there would be more.
    private func alternatives(atMost countMax: Int) -> [RegexNode] {
        switch self {
        case .set, .start, .end, .zeroWidth, .anything: return [self]
        case .capture(let inner, let name):
            return inner.alternatives(atMost: countMax).map { .capture($0, name: name) }
        case .alternation(let branches):
            var result: [RegexNode] = []
            for branch in branches {
                result += branch.alternatives(atMost: countMax)
                if result.count > countMax { return [self] }
            }
            return result
        case .repeated(let inner, 0, 1):
            let result = inner.alternatives(atMost: countMax) + [.concatenation([])]
            return result.count > countMax ? [self] : result
        case .repeated: return [self]
        case .concatenation(let nodes):
            var result: [[RegexNode]] = [[]]
            for node in nodes {
                let parts = node.alternatives(atMost: max(1, countMax / result.count))
                result = result.flatMap { start in parts.map { start + [$0] } }
            }
            return result.map { .concatenation($0) }
        }
    }
}

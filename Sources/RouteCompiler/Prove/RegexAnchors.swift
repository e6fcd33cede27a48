/// Whether a regex is tied to the ends of what it is matched with.
struct RegexAnchors {
    let isAtStart: Bool
    let isAtEnd: Bool

    init(_ source: String, ignoresCase: Bool) {
        guard let tree = RegexParser.parse(source, ignoresCase: ignoresCase) else {
            // Something the parser does not know: an anchor anywhere is taken to do its work.
            isAtStart = source.contains("^") || source.contains("\\A") || source.contains("\\G")
            isAtEnd = source.contains("$") || source.contains("\\z") || source.contains("\\Z")
            return
        }
        isAtStart = Self.isTied(tree.root, by: .start)
        isAtEnd = Self.isTied(tree.root, by: .end)
    }

    private static func isTied(_ node: RegexNode, by anchor: RegexNode) -> Bool {
        switch node {
        case anchor: return true
        case .concatenation(let nodes):
            // What stands before the anchor without taking a byte does no harm.
            let rest = anchor == .start ? nodes : nodes.reversed()
            guard let outer = rest.first(where: { $0 != .zeroWidth }) else { return false }
            return isTied(outer, by: anchor) || (isEverything(outer) && rest.count > 1)
        case .alternation(let nodes): return nodes.allSatisfy { isTied($0, by: anchor) }
        case .capture(let inner, _): return isTied(inner, by: anchor)
        case .repeated(let inner, let min, _): return min > 0 && isTied(inner, by: anchor)
        default: return isEverything(node)
        }
    }

    /// `.*` at an end says that anything may be there, which is an answer too.
    private static func isEverything(_ node: RegexNode) -> Bool {
        switch node {
        case .repeated(.set(.all), _, nil): true
        case .capture(let inner, _): isEverything(inner)
        default: false
        }
    }
}

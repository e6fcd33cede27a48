package import Validate

extension Oracle {
    /// The route of `rule` that takes a request for the canonical `path`, or nil.
    package func route(of rule: HostRule, taking path: String, of request: OracleRequest) -> Int? {
        let fitting = rule.routes.indices.filter { index in
            let route = rule.routes[index]
            return Self.matches(route.pattern.value, path)
                && Self.holds(route.conditions, for: request)
        }
        switch rule.order {
        case .declared: return fitting.first
        case .specific: return fitting.min { Self.precedes($0, $1, in: rule) }
        }
    }

    package static func matches(_ pattern: PathPattern, _ path: String) -> Bool {
        switch pattern {
        case .exact(let text): return path == text
        case .regex(let source, let ignoresCase):
            return OracleRegex.firstMatch(of: source, ignoresCase: ignoresCase, in: path) != nil
        case .segments(let wanted, let tail):
            let given = OraclePath.segments(of: path)
            switch tail {
            case .end: guard given.count == wanted.count else { return false }
            case .subtree: guard given.count >= wanted.count else { return false }
            }
            return zip(wanted, given).allSatisfy { matches($0, $1) }
        }
    }

    private static func matches(_ segment: PathSegment, _ text: String) -> Bool {
        switch segment {
        case .literal(let literal): text == literal
        case .wildcard: !text.isEmpty
        case .glob(let texts): matchesGlob(texts[...], Array(text.utf8)[...])
        }
    }

    /// Whether `bytes` is `texts` with any bytes in between: every split is tried.
    private static func matchesGlob(_ texts: ArraySlice<String>, _ bytes: ArraySlice<UInt8>) -> Bool
    {
        guard let first = texts.first else { return bytes.isEmpty }
        guard bytes.starts(with: first.utf8) else { return false }
        let rest = bytes.dropFirst(first.utf8.count)
        if texts.count == 1 { return rest.isEmpty }
        return (0...rest.count).contains { matchesGlob(texts.dropFirst(), rest.dropFirst($0)) }
    }

    /// Whether the route at `left` wins over the one at `right` where both would take a request.
    private static func precedes(_ left: Int, _ right: Int, in rule: HostRule) -> Bool {
        let (first, second) = (rule.routes[left], rule.routes[right])
        if first.priority != second.priority { return first.priority > second.priority }
        let (firstKind, secondKind) = (kindRank(first), kindRank(second))
        if firstKind != secondKind { return firstKind < secondKind }
        // Regexes stand as listed, whatever their conditions are.
        if firstKind == regexRank { return left < right }
        let (firstShape, secondShape) = (specificity(first), specificity(second))
        if firstShape != secondShape { return firstShape.lexicographicallyPrecedes(secondShape) }
        if first.conditions.count != second.conditions.count {
            return first.conditions.count > second.conditions.count
        }
        return left < right
    }

    private static let regexRank = 1

    private static func kindRank(_ route: RouteRule) -> Int {
        switch route.pattern.value {
        case .exact: 0
        case .regex: regexRank
        case .segments: 2
        }
    }

    /// Two numbers for each segment and for the tail; smaller comes first.
    ///
    /// Only patterns that take the same path are compared, so literals at one place are equal and a
    /// pattern can end only where the other ends or has its subtree.
    private static func specificity(_ route: RouteRule) -> [Int] {
        guard case .segments(let segments, let tail) = route.pattern.value else { return [] }
        var ranks: [Int] = []
        for segment in segments {
            switch segment {
            case .literal: ranks += [0, 0]
            case .glob(let texts): ranks += [1, -texts.reduce(0) { $0 + $1.utf8.count }]
            case .wildcard: ranks += [2, 0]
            }
        }
        switch tail {
        case .end: ranks += [0, 0]
        case .subtree: ranks += [3, 0]
        }
        return ranks
    }
}

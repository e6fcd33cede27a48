import Validate

/// The order in which the routes of a host win: higher priority; exact, regex as listed, then segment
/// patterns by specificity; more conditions; as listed.
enum RoutePrecedence {
    /// Positions of `routes`, best first.
    static func order(_ routes: [RouteRule], _ order: HostRule.Order) -> [Int] {
        guard order == .specific else { return Array(routes.indices) }
        let keys = routes.enumerated().map { key(of: $1, at: $0) }
        return routes.indices.sorted { keys[$0].lexicographicallyPrecedes(keys[$1]) }
    }

    /// Compared number by number; smaller wins. The position makes every key different.
    private static func key(of route: RouteRule, at position: Int) -> [Int] {
        var key = [-Int(route.priority)]
        switch route.pattern.value {
        case .exact:
            key += [0, -route.conditions.count]
        case .regex:
            // As listed, whatever the conditions are.
            key += [1]
        case .segments(let segments, let tail):
            key.append(2)
            for segment in segments { key += specificity(of: segment) }
            switch tail {
            case .end: key += [endRank, 0]
            case .subtree: key += [subtreeRank, 0]
            }
            key.append(-route.conditions.count)
        }
        return key + [position]
    }

    private static let endRank = -1
    private static let subtreeRank = 3

    /// Literal, literal with `*` inside, wildcard; more literal bytes first.
    private static func specificity(of segment: PathSegment) -> [Int] {
        switch segment {
        case .literal(let text): [0, -text.utf8.count]
        case .glob(let texts): [1, -texts.reduce(0) { $0 + $1.utf8.count }]
        case .wildcard: [2, 0]
        }
    }
}

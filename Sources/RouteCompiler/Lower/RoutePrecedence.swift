import Validate

/// The order in which the routes of a host win: higher priority; exact, regex as listed, then segment
/// patterns by specificity; more conditions; as listed.
enum RoutePrecedence {
    /// Positions of `routes`, best first.
    static func order(_ routes: [RouteRule], _ order: HostRule.Order) -> [Int] {
        guard order == .specific else { return Array(routes.indices) }
        // All keys in one array: one each would be as many allocations as there are routes.
        var keys: [Int] = []
        var starts = [0]
        for position in routes.indices {
            appendKey(of: routes[position], at: position, to: &keys)
            starts.append(keys.count)
        }
        return routes.indices.sorted { left, right in
            keys[starts[left]..<starts[left + 1]]
                .lexicographicallyPrecedes(keys[starts[right]..<starts[right + 1]])
        }
    }

    /// Compared number by number; smaller wins. The position makes every key different.
    private static func appendKey(of route: RouteRule, at position: Int, to keys: inout [Int]) {
        keys.append(-Int(route.priority))
        switch route.pattern.value {
        case .exact:
            keys.append(0)
            keys.append(-route.conditions.count)
        case .regex:
            // As listed, whatever the conditions are.
            keys.append(1)
        case .segments(let segments, let tail):
            keys.append(2)
            for segment in segments {
                let (rank, bytes) = specificity(of: segment)
                keys.append(rank)
                keys.append(bytes)
            }
            switch tail {
            case .end: keys.append(endRank)
            case .subtree: keys.append(subtreeRank)
            }
            keys.append(0)
            keys.append(-route.conditions.count)
        }
        keys.append(position)
    }

    private static let endRank = -1
    private static let subtreeRank = 3

    /// Literal, literal with `*` inside, wildcard; more literal bytes first.
    private static func specificity(of segment: PathSegment) -> (rank: Int, bytes: Int) {
        switch segment {
        case .literal(let text): (0, -text.utf8.count)
        case .glob(let texts): (1, -texts.reduce(0) { $0 + $1.utf8.count })
        case .wildcard: (2, 0)
        }
    }
}

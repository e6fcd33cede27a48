/// What tells the routes of one host apart: which requests they take, and their priority.
struct RouteShape: Hashable {
    private let pattern: PathPattern
    private let priority: Int32
    private let conditions: [String]

    init(_ route: RouteRule) {
        pattern = route.pattern.value.shape
        priority = route.priority
        conditions = Self.describe(route.conditions)
    }

    /// A number that is the same for equal shapes, without making them.
    static func hash(of route: RouteRule) -> Int {
        var hasher = Hasher()
        switch route.pattern.value {
        case .exact(let path): hasher.combine(path)
        case .regex(let source, let ignoresCase):
            hasher.combine(source)
            hasher.combine(ignoresCase)
        case .segments(let segments, let tail):
            for segment in segments {
                if case .wildcard = segment { hasher.combine(0) } else { hasher.combine(segment) }
            }
            if case .subtree = tail { hasher.combine(1) }
        }
        hasher.combine(route.priority)
        if route.conditions.count > 0 { hasher.combine(describe(route.conditions)) }
        return hasher.finalize()
    }

    /// The conditions in an order of their own, so that the order of writing does not count.
    private static func describe(_ conditions: MatchConditions) -> [String] {
        var result: [String] = []
        if let kind = conditions.requestKind { result.append("protocol \(kind.rawValue)") }
        result += conditions.methods.map { "method \($0)" }
        result += conditions.headers.map { "header \(describe($0))" }
        result += conditions.query.map { "query \(describe($0))" }
        result += conditions.cookies.map { "cookie \(describe($0))" }
        result += conditions.clientAddresses.map { "client \($0.text)" }
        return Set(result).sorted()
    }

    private static func describe(_ condition: MatchConditions.ValueCondition) -> String {
        switch condition.test {
        case .equals(let value): "\(condition.name) = \(value)"
        case .regex(let source, let ignoresCase):
            "\(condition.name) ~\(ignoresCase ? "*" : "") \(source)"
        }
    }
}

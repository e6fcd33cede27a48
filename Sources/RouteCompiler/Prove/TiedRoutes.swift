import Diagnostics
import Validate

/// WR153: two routes that may take the same request and that only their places in the file rank.
///
/// Looked for where `order: specific` promises that places do not count: among exact paths and segment patterns
/// of one specificity, one priority and one number of conditions. A request that gives one header, parameter or
/// cookie twice with different values is not looked for.
enum TiedRoutes {
    /// Earlier routes that one route is compared with.
    private static let comparedMax = 16

    static func check(_ host: LoweredHost, into sink: inout DiagnosticSink) {
        guard host.rule.order == .specific else { return }
        var places: [TieKey: [LoweredRoute]] = [:]
        for route in host.routes {
            guard let key = TieKey(route) else { continue }
            let earlier = places[key] ?? []
            if let other = earlier.first(where: { isTie($0, route) }) {
                report(route, other, into: &sink)
            }
            // Every route is compared with the same few, so that a thousand alike cost no million comparisons.
            if earlier.count < comparedMax { places[key] = earlier + [route] }
        }
    }

    private static func isTie(_ left: LoweredRoute, _ right: LoweredRoute) -> Bool {
        let (first, second) = (left.rule.conditions, right.rule.conditions)
        guard !isSameAction(left.rule, right.rule), ConditionOverlap.mayMeet(first, second) else {
            return false
        }
        var paths: ([LoweredSegment], [LoweredSegment]) = ([], [])
        if case .segments(let some, _) = left.pattern, case .segments(let other, _) = right.pattern
        {
            paths = (some, other)
        }
        guard zip(paths.0, paths.1).allSatisfy({ GlobOverlap.meet($0, $1) }) else { return false }
        // One inside the other is how exceptions are written; that the wide one does not come first is what
        // the shadows are about.
        let isInside =
            GlobOverlap.contains(paths.1, paths.0) && ConditionOverlap.implies(first, second)
        let isAround =
            GlobOverlap.contains(paths.0, paths.1) && ConditionOverlap.implies(second, first)
        return !isInside && !isAround
    }

    private static func isSameAction(_ left: RouteRule, _ right: RouteRule) -> Bool {
        // Both may come to say the same.
        if !left.unknown.isEmpty || !right.unknown.isEmpty { return true }
        guard left.middlewares == right.middlewares, left.rewrite == right.rewrite else {
            return false
        }
        switch (left.action, right.action) {
        case (.forward(let first), .forward(let second)): return first == second
        case (.respond(let first, let body, _), .respond(let second, let other, _)):
            return first == second && body == other
        default: return false
        }
    }

    private static func report(
        _ route: LoweredRoute, _ other: LoweredRoute, into sink: inout DiagnosticSink
    ) {
        sink.warning(
            .tiedRoutes, at: route.rule.pattern.range,
            "only their places in the file rank this route and `\(other.rule.patternText)`, "
                + "which may take the same requests",
            notes: [.init(range: other.rule.pattern.range, message: "this one comes first")],
            suggestion: "give the one that should win a higher `priority`")
    }
}

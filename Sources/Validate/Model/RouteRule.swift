/// One route of a host.
///
/// Handed from list to list, so a copy is one reference; a change makes a new one.
package struct RouteRule: Sendable {
    private struct Values: Sendable {
        var pattern: Located<PathPattern>
        var patternText: String
        var name: String?
        var conditions: MatchConditions
        var action: RouteAction
        var middlewares: [Int]
        var priority: Int32
        var rewrite: PathRewrite?
        var unknown: UnknownParts
    }

    private final class Storage: Sendable {
        let values: Values

        init(_ values: consuming Values) { self.values = values }
    }

    private var storage: Storage

    package init(
        pattern: Located<PathPattern>, patternText: String, action: RouteAction,
        name: String? = nil, conditions: MatchConditions = MatchConditions(),
        middlewares: [Int] = [], priority: Int32 = 0, rewrite: PathRewrite? = nil,
        unknown: UnknownParts = []
    ) {
        storage = Storage(
            Values(
                pattern: pattern, patternText: patternText, name: name, conditions: conditions,
                action: action, middlewares: middlewares, priority: priority, rewrite: rewrite,
                unknown: unknown))
    }

    private mutating func change(_ body: (inout Values) -> Void) {
        var values = storage.values
        body(&values)
        storage = Storage(values)
    }
}

extension RouteRule {
    package var pattern: Located<PathPattern> {
        get { storage.values.pattern }
        set { change { $0.pattern = newValue } }
    }

    /// The pattern as it was written.
    package var patternText: String {
        get { storage.values.patternText }
        set { change { $0.patternText = newValue } }
    }

    package var name: String? {
        get { storage.values.name }
        set { change { $0.name = newValue } }
    }

    package var conditions: MatchConditions {
        get { storage.values.conditions }
        set { change { $0.conditions = newValue } }
    }

    package var action: RouteAction {
        get { storage.values.action }
        set { change { $0.action = newValue } }
    }

    /// Indices of the route's own middlewares, in order, without those of the host and the global ones.
    package var middlewares: [Int] {
        get { storage.values.middlewares }
        set { change { $0.middlewares = newValue } }
    }

    package var priority: Int32 {
        get { storage.values.priority }
        set { change { $0.priority = newValue } }
    }

    package var rewrite: PathRewrite? {
        get { storage.values.rewrite }
        set { change { $0.rewrite = newValue } }
    }

    /// What it lacks because of mistakes.
    package var unknown: UnknownParts {
        get { storage.values.unknown }
        set { change { $0.unknown = newValue } }
    }
}

/// One route of a host.
package struct RouteRule: Sendable {
    package var pattern: Located<PathPattern>
    /// The pattern as it was written.
    package var patternText: String
    package var name: String?
    package var conditions: MatchConditions
    package var action: RouteAction
    /// Indices of the route's own middlewares, in order, without those of the host and the global ones.
    package var middlewares: [Int]
    package var priority: Int32
    package var rewrite: PathRewrite?

    package init(pattern: Located<PathPattern>, patternText: String, action: RouteAction) {
        self.pattern = pattern
        self.patternText = patternText
        self.conditions = MatchConditions()
        self.action = action
        self.middlewares = []
        self.priority = 0
    }
}

/// A virtual host and its routes.
package struct HostRule: Sendable {
    /// How routes are ranked.
    package enum Order: UInt8, Sendable { case specific = 0, declared = 1 }

    package var pattern: Located<HostPattern>
    /// The pattern as it was written.
    package var patternText: String
    /// Only requests that came in on this listener port; nil for all.
    package var port: UInt16?
    /// Index of the service that takes what no route takes.
    package var target: Int?
    /// Indices of the host's middlewares, in order, without the global ones.
    package var middlewares: [Int]
    package var order: Order
    package var routes: [RouteRule]
    /// What it lacks because of mistakes.
    package var unknown: UnknownParts

    package init(pattern: Located<HostPattern>, patternText: String) {
        self.pattern = pattern
        self.patternText = patternText
        self.middlewares = []
        self.order = .specific
        self.routes = []
        self.unknown = []
    }
}

import Diagnostics

/// WR129: before a page may send what is more than a plain GET, its browser asks with OPTIONS. A `cors` that is
/// reached by other methods only never hears of that.
enum PreflightRule: Rule {
    static func check(_ subject: RuleSubject, into sink: inout DiagnosticSink) {
        let configuration = subject.configuration
        guard configuration.middlewares.contains(where: isCORS) else { return }
        for host in configuration.hosts where isKnown(host) {
            check(host, configuration, into: &sink)
        }
    }

    private static func check(
        _ host: HostRule, _ configuration: Configuration, into sink: inout DiagnosticSink
    ) {
        let shared = cors(among: configuration.globalMiddlewares + host.middlewares, configuration)
        // What no route takes meets the host's own.
        if host.target != nil, shared != nil { return }
        var answered: Set<String> = []
        for route in host.routes where takesPreflights(route) {
            guard shared ?? cors(among: route.middlewares, configuration) != nil else { continue }
            answered.insert(route.patternText)
        }
        for route in host.routes where !takesPreflights(route) {
            guard route.conditions.requestKind != .webSocket,
                let middleware = shared ?? cors(among: route.middlewares, configuration),
                !isCovered(route.patternText, by: answered)
            else { continue }
            sink.warning(
                .preflightNotTaken, at: route.pattern.range,
                "the OPTIONS that browsers send first never reaches "
                    + "`\(middleware.name.value)` here: the route takes "
                    + route.conditions.methods.joined(separator: ", "),
                notes: [.init(range: middleware.name.range, message: "which would answer it")],
                suggestion: "add `OPTIONS` to its `methods`")
        }
    }

    /// Whether no route is missing that might answer preflights, and no `cors` on one of them.
    private static func isKnown(_ host: HostRule) -> Bool {
        host.unknown.isEmpty && host.routes.allSatisfy { !$0.unknown.contains(.middlewares) }
    }

    private static func isCORS(_ middleware: Middleware) -> Bool {
        if case .cors = middleware.configuration { middleware.isEnabled } else { false }
    }

    private static func cors(among list: [Int], _ configuration: Configuration) -> Middleware? {
        list.lazy.map { configuration.middlewares[$0] }.first(where: isCORS)
    }

    private static func takesPreflights(_ route: RouteRule) -> Bool {
        let conditions = route.conditions
        return (conditions.requestKind == nil || conditions.requestKind == .http)
            && (conditions.methods.isEmpty || conditions.methods.contains("OPTIONS"))
    }

    /// Whether another route with the same pattern, or one above it, takes the preflight.
    private static func isCovered(_ pattern: String, by answered: Set<String>) -> Bool {
        if answered.contains(pattern) { return true }
        var rest = pattern[...]
        while let slash = rest.lastIndex(of: "/") {
            rest = rest[..<slash]
            if answered.contains("\(rest)/*") { return true }
        }
        return false
    }
}

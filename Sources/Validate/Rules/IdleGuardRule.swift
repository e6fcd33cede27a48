import Diagnostics

/// WR115: what a route lists for requests that it never sends anywhere, or never takes.
///
/// Only the route's own list is looked at: what a host or all have is for other routes too.
enum IdleGuardRule: Rule {
    static func check(_ subject: RuleSubject, into sink: inout DiagnosticSink) {
        let configuration = subject.configuration
        for host in configuration.hosts {
            for route in host.routes {
                var told: Set<Int> = []
                for index in route.middlewares where told.insert(index).inserted {
                    check(configuration.middlewares[index], of: route, into: &sink)
                }
            }
        }
    }

    private static func check(
        _ middleware: Middleware, of route: RouteRule, into sink: inout DiagnosticSink
    ) {
        guard middleware.isEnabled, middleware.isKnown,
            let reason = idleness(of: middleware.configuration, on: route)
        else { return }
        sink.warning(
            .noEffect, at: route.pattern.range,
            "`\(middleware.name.value)` has no effect on this route: \(reason)",
            notes: [
                .init(
                    range: middleware.name.range,
                    message: "it is a `\(middleware.configuration.typeName)`")
            ], suggestion: "take it out of the route's `middlewares`")
    }

    /// Why the route has no use for it, or nil.
    private static func idleness(
        of configuration: MiddlewareConfiguration, on route: RouteRule
    ) -> String? {
        switch configuration {
        case .webSocket, .sse, .dynamicRoute: break
        case .auth, .rateLimit, .cors, .headers, .ipFilter, .logging: return nil
        }
        if !route.unknown.contains(.action) {
            switch route.action {
            case .redirect: return "it redirects, and sends nothing to a service"
            case .respond: return "it answers by itself, and sends nothing to a service"
            case .forward: break
            }
        }
        // Any answer to another request may be an event stream; only a WebSocket is asked for as such.
        switch (configuration, route.conditions.requestKind) {
        case (.webSocket, .http?), (.webSocket, .sse?): return "its `protocol` takes no WebSockets"
        case (.sse, .webSocket?): return "its `protocol` takes nothing but WebSockets"
        default: return nil
        }
    }
}

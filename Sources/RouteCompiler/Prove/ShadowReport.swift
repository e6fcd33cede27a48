import Diagnostics
import Validate

/// Words for a route that no request reaches.
enum ShadowReport {
    /// Most other routes that a message points at.
    private static let notesMax = 4

    /// - Parameters:
    ///   - rank: The route that is shadowed.
    ///   - taken: One of its requests for each route that takes some.
    static func make(
        _ rank: Int, _ taken: [RouteReach.Taken], of proved: inout ProvedHost
    ) -> Diagnostic {
        let routes = proved.host.routes
        let route = routes[rank].rule
        // Who goes past a guard is shown first.
        let ordered =
            taken.filter { !missing(routes[$0.rank].rule, route, proved).isEmpty }
            + taken.filter { missing(routes[$0.rank].rule, route, proved).isEmpty }
        var guards: [String] = []
        for part in ordered {
            // Only a request that is known to go past it: a regex may take it before, with the guard.
            guard let (_, winner) = proved.witness(part, ofRoute: rank) else { continue }
            for type in missing(routes[winner].rule, route, proved)
            where !guards.contains(type) { guards.append(type) }
        }
        let notes = ordered.prefix(notesMax).map { part in
            note(part, of: rank, in: &proved)
        }
        let others =
            ordered.count == 1
            ? "`\(routes[ordered[0].rank].rule.patternText)` takes all of them first"
            : "\(ordered.count) other routes together take all of them first"
        guard let first = ordered.first, !guards.isEmpty else {
            return Diagnostic(
                code: .shadowedRoute, severity: .warning, range: route.pattern.range,
                message: "no request reaches this route: \(others)", notes: notes,
                suggestion: advice(route, ordered.map { routes[$0.rank].rule }, proved))
        }
        let remedy =
            proved.host.rule.order == .declared
            ? "move it before" : "give it a higher `priority` than"
        let names = guards.map { "`\($0)`" }.joined(separator: " and ")
        return Diagnostic(
            code: .shadowedGuard, severity: .error, range: route.pattern.range,
            message: "requests for this route go past its \(names): \(others)", notes: notes,
            suggestion:
                "remove this route, or \(remedy) "
                + "`\(routes[first.rank].rule.patternText)`, or list the same guard there")
    }

    private static func advice(
        _ route: RouteRule, _ others: [RouteRule], _ host: ProvedHost
    ) -> String {
        if host.host.rule.order == .declared { return "move it before them, or remove it" }
        return others.contains { $0.priority > route.priority }
            ? "remove it, or give it a higher `priority`"
            : "remove it, or narrow the others by `match`"
    }

    /// The types of guards that `route` has and `winner` has not, or not the same `auth` or `ip_filter`, where `winner`
    /// lets requests through to a service.
    private static func missing(
        _ winner: RouteRule, _ route: RouteRule, _ host: ProvedHost
    ) -> [String] {
        // Of what is not known nobody says that it lacks a guard.
        guard case .forward = winner.action, !winner.unknown.contains(.middlewares),
            !winner.unknown.contains(.action), !route.unknown.contains(.middlewares)
        else { return [] }
        let shared = host.configuration.globalMiddlewares + host.host.rule.middlewares
        func guards(_ rule: RouteRule) -> [(type: String, told: String)] {
            (shared + rule.middlewares).compactMap { index in
                let middleware = host.configuration.middlewares[index]
                return middleware.isEnabled
                    ? guardOf(middleware.configuration, host.configuration) : nil
            }
        }
        let present = guards(winner)
        return guards(route).filter { wanted in !present.contains { $0 == wanted } }.map(\.type)
    }

    /// The type of a middleware that keeps requests away, and what tells it from others of that type: who may come
    /// in, but not how often.
    private static func guardOf(
        _ middleware: MiddlewareConfiguration, _ configuration: Configuration
    ) -> (type: String, told: String)? {
        switch middleware {
        case .auth, .ipFilter:
            (middleware.typeName, middleware.contentText(of: configuration.services))
        case .rateLimit: (middleware.typeName, "")
        case .webSocket, .sse, .cors, .headers, .logging, .dynamicRoute: nil
        }
    }

    private static func note(
        _ taken: RouteReach.Taken, of rank: Int, in host: inout ProvedHost
    ) -> Diagnostic.Note {
        guard let (request, winner) = host.witness(taken, ofRoute: rank) else {
            let other = host.host.routes[taken.rank].rule
            return Diagnostic.Note(
                range: other.pattern.range, message: "`\(other.patternText)` is here")
        }
        let other = host.host.routes[winner].rule
        var message = "\(request.text) goes here"
        if !other.unknown.contains(.action) {
            message += ", \(way(of: other, host.configuration))"
        }
        let unknown = other.unknown.union(host.host.routes[rank].rule.unknown)
        if unknown.contains(.middlewares) {
            return Diagnostic.Note(range: other.pattern.range, message: message)
        }
        let (wanted, given) = (chain(host.host.routes[rank].rule, host), chain(other, host))
        if wanted != given { message += ", with \(given) instead of \(wanted)" }
        return Diagnostic.Note(range: other.pattern.range, message: message)
    }

    private static func way(of rule: RouteRule, _ configuration: Configuration) -> String {
        if rule.unknown.contains(.action) { return "to `\(rule.patternText)`" }
        switch rule.action {
        case .forward(let services):
            let names = services.prefix(3).map {
                "`\(configuration.services[$0.service].name.value)`"
            }
            return "to \(names.joined(separator: " or "))"
        case .redirect: return "to a redirect"
        case .respond(let status, _, _): return "to the answer \(status)"
        }
    }

    private static func chain(_ rule: RouteRule, _ host: ProvedHost) -> String {
        var names: [String] = []
        for index in host.configuration.globalMiddlewares + host.host.rule.middlewares
            + rule.middlewares
        {
            let name = host.configuration.middlewares[index].name.value
            if !names.contains(name) { names.append(name) }
        }
        return names.isEmpty ? "no middlewares" : "[\(names.joined(separator: ", "))]"
    }
}

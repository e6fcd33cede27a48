/// One way that requests take, with the services of some kind at which they may end up.
struct RequestWay {
    let host: HostRule
    /// nil for the host's own `target`.
    let route: RouteRule?
    /// Indices of the middlewares that run, the outermost first.
    let chain: [Int]
    /// Of those that are looked for: what is named as a target or that a `dynamic_route` picks, and what takes over.
    let services: Set<Int>

    /// Whether there may be WebSockets among its requests.
    var mayUpgrade: Bool {
        route?.conditions.requestKind == nil || route?.conditions.requestKind == .webSocket
    }

    /// Visits the ways of a configuration that has no mistakes. Those of routes that send requests nowhere are none.
    ///
    /// - Parameter sought: The services that are looked for; others are left out.
    static func each(
        to sought: Set<Int>, in configuration: Configuration, _ visit: (RequestWay) -> Void
    ) {
        let ends = ends(of: sought, in: configuration)
        func visitWay(_ host: HostRule, _ route: RouteRule?, to targets: [Int]) {
            let listed =
                configuration.globalMiddlewares + host.middlewares + (route?.middlewares ?? [])
            let chain = listed.filter { configuration.middlewares[$0].isEnabled }
            var services: Set<Int> = []
            for first in targets + chain.flatMap({ picks(of: configuration.middlewares[$0]) }) {
                services.formUnion(ends[first])
            }
            visit(RequestWay(host: host, route: route, chain: chain, services: services))
        }
        for host in configuration.hosts {
            if let target = host.target { visitWay(host, nil, to: [target]) }
            for route in host.routes {
                guard case .forward(let members) = route.action else { continue }
                visitWay(host, route, to: members.map(\.service))
            }
        }
    }

    private static func picks(of middleware: Middleware) -> [Int] {
        guard case .dynamicRoute(let policy) = middleware.configuration else { return [] }
        return policy.choices.map(\.service) + (policy.defaultService.map { [$0] } ?? [])
    }

    /// For each service, which of those that are looked for its requests may end up at: itself and what takes over.
    private static func ends(of sought: Set<Int>, in configuration: Configuration) -> [[Int]] {
        let services = configuration.services
        var ends = [[Int]](repeating: [], count: services.count)
        var isDone = [Bool](repeating: false, count: services.count)
        for first in services.indices {
            var line: [Int] = []
            var next: Int? = first
            while let service = next, !isDone[service] {
                isDone[service] = true
                line.append(service)
                next = services[service].fallbackService
            }
            for service in line.reversed() {
                let behind = services[service].fallbackService.map { ends[$0] } ?? []
                ends[service] = (sought.contains(service) ? [service] : []) + behind
            }
        }
        return ends
    }
}

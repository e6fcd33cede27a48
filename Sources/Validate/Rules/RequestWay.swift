/// One way that requests take.
struct RequestWay {
    let host: HostRule
    /// nil for the host's own `target`.
    let route: RouteRule?
    /// Indices of the middlewares that run, the outermost first.
    let chain: [Int]
    /// Indices of the services it names. A `dynamic_route` of the chain may pick others, and others may take over.
    let targets: [Int]

    /// Whether there may be WebSockets among its requests.
    var mayUpgrade: Bool {
        route?.conditions.requestKind == nil || route?.conditions.requestKind == .webSocket
    }

    /// Visits the ways of a configuration that has no mistakes. Those of routes that send requests nowhere are none.
    static func each(in configuration: Configuration, _ visit: (RequestWay) -> Void) {
        func visitWay(_ host: HostRule, _ route: RouteRule?, to targets: [Int]) {
            let listed =
                configuration.globalMiddlewares + host.middlewares + (route?.middlewares ?? [])
            let chain = listed.filter { configuration.middlewares[$0].isEnabled }
            visit(RequestWay(host: host, route: route, chain: chain, targets: targets))
        }
        for host in configuration.hosts {
            if let target = host.target { visitWay(host, nil, to: [target]) }
            for route in host.routes {
                guard case .forward(let members) = route.action else { continue }
                visitWay(host, route, to: members.map(\.service))
            }
        }
    }

    /// The services that each middleware may pick: none if it is no `dynamic_route`.
    static func picks(in configuration: Configuration) -> [[Int]] {
        configuration.middlewares.map { middleware in
            guard case .dynamicRoute(let policy) = middleware.configuration else { return [] }
            return policy.choices.map(\.service) + (policy.defaultService.map { [$0] } ?? [])
        }
    }
}

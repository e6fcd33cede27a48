/// The middlewares that requests meet one after the other: of a route, or of what no route of a host takes.
struct MiddlewareChain {
    /// Those that run, each once by name.
    let members: [Middleware]
    let host: HostRule
    /// nil for the host's own `target`.
    let route: RouteRule?

    private init(_ host: HostRule, _ route: RouteRule?, in configuration: Configuration) {
        var names: Set<String> = []
        let listed =
            configuration.globalMiddlewares + host.middlewares + (route?.middlewares ?? [])
        members = listed.map { configuration.middlewares[$0] }
            .filter { $0.isEnabled && names.insert($0.name.value).inserted }
        self.host = host
        self.route = route
    }

    /// The chains of a host that differ: of routes with the same middlewares, that of the first. Without those that
    /// are not wholly known.
    static func distinct(of host: HostRule, in configuration: Configuration) -> [MiddlewareChain] {
        var seen: Set<[Int]> = []
        var chains: [MiddlewareChain] = []
        if host.target != nil {
            seen.insert([])
            chains.append(MiddlewareChain(host, nil, in: configuration))
        }
        for route in host.routes
        where !route.unknown.contains(.middlewares) && seen.insert(route.middlewares).inserted {
            chains.append(MiddlewareChain(host, route, in: configuration))
        }
        return chains
    }
}

import Diagnostics

/// How long WebSockets may be silent: that says the service which they end up at, be it that of the route, one that a
/// `dynamic_route` picks, or one that takes over.
struct WebSocketPatience {
    /// A service that WebSockets of a chain may go to.
    struct Way {
        let service: Int
        /// What else leads there than the route, if anything does.
        var detour: Diagnostic.Note?
    }

    private let subject: RuleSubject
    private let readTimeouts: [UInt32?]

    private var configuration: Configuration { subject.configuration }

    /// - Parameter readTimeouts: By service, in milliseconds; nil where it is not known.
    init(_ subject: RuleSubject, readTimeouts: [UInt32?]) {
        self.subject = subject
        self.readTimeouts = readTimeouts
    }

    /// For each of the `websocket` middlewares, by index: the least patient service of the connections that it is the
    /// innermost one for.
    func least(of wanted: Set<Int>) -> [Int: (timeoutMilliseconds: UInt32, way: Way)] {
        var least: [Int: (timeoutMilliseconds: UInt32, way: Way)] = [:]
        var seen: Set<[Int]> = []
        for host in configuration.hosts {
            let shared = configuration.globalMiddlewares + host.middlewares
            var ends = host.target.map { [(chain: shared, services: [$0])] } ?? []
            for route in host.routes where mayUpgrade(route) {
                guard case .forward(let members) = route.action else { continue }
                ends.append((shared + route.middlewares, members.map(\.service)))
            }
            for (chain, services) in ends {
                // The innermost is the one that counts.
                guard let index = chain.last(where: isWebSocket), wanted.contains(index),
                    seen.insert([index] + services + [-1] + chain).inserted
                else { continue }
                for way in ways(to: services, through: chain) {
                    guard configuration.services.indices.contains(way.service),
                        let timeout = readTimeouts[way.service],
                        timeout < least[index]?.timeoutMilliseconds ?? .max
                    else { continue }
                    least[index] = (timeout, way)
                }
            }
        }
        return least
    }

    private func ways(to services: [Int], through chain: [Int]) -> [Way] {
        var ways = services.map { Way(service: $0) }
        for middleware in chain.map({ configuration.middlewares[$0] }) {
            guard middleware.isEnabled, middleware.isKnown,
                case .dynamicRoute(let policy) = middleware.configuration
            else { continue }
            let picked = policy.choices.map(\.service) + (policy.defaultService.map { [$0] } ?? [])
            ways += picked.map {
                Way(
                    service: $0,
                    detour: .init(
                        range: middleware.name.range,
                        message: "`\(middleware.name.value)` picks it"))
            }
        }
        var known = Set(ways.map(\.service))
        var place = 0
        while place < ways.count {
            let service = ways[place].service
            place += 1
            guard configuration.services.indices.contains(service),
                let next = configuration.services[service].fallbackService,
                known.insert(next).inserted
            else { continue }
            let note = subject.observations.fallbackRanges[service].map {
                Diagnostic.Note(
                    range: $0,
                    message: "it takes over for `\(configuration.services[service].name.value)`")
            }
            ways.append(Way(service: next, detour: note))
        }
        return ways
    }

    private func isWebSocket(_ index: Int) -> Bool {
        let middleware = configuration.middlewares[index]
        if case .webSocket = middleware.configuration { return middleware.isEnabled }
        return false
    }

    private func mayUpgrade(_ route: RouteRule) -> Bool {
        !route.unknown.contains(.action)
            && (route.conditions.requestKind == nil || route.conditions.requestKind == .webSocket)
    }
}

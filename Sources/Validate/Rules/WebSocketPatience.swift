import Diagnostics

/// How long WebSockets may be silent: that says the service which they end up at, be it that of the route, one that a
/// `dynamic_route` picks, or one that takes over.
struct WebSocketPatience {
    /// A service that WebSockets may end up at, and how long it lets them be silent.
    struct Way {
        /// What else leads there than the route.
        enum Detour {
            /// A `dynamic_route` picks it.
            case pick(middleware: Int)
            /// It takes over for another service.
            case fallback(of: Int)
        }

        let service: Int
        let timeoutMilliseconds: UInt32
        var detour: Detour?
    }

    /// What a `dynamic_route` picks.
    private struct Pick {
        /// The least patient way; nil where nothing is known of any.
        let way: Way?
        /// Whether it picks in any case.
        let isCertain: Bool
    }

    private let subject: RuleSubject
    /// By service: the least patient of it and those that take over for it.
    private let ways: [Way?]
    /// By middleware: what it picks, if it is a `dynamic_route`.
    private let picks: [Pick?]

    private var configuration: Configuration { subject.configuration }

    /// - Parameter readTimeouts: By service, in milliseconds; nil where it is not known.
    init(_ subject: RuleSubject, readTimeouts: [UInt32?]) {
        self.subject = subject
        let ways = Self.ways(of: subject.configuration.services, readTimeouts)
        self.ways = ways
        picks = subject.configuration.middlewares.enumerated().map { index, middleware in
            Self.pick(of: middleware, at: index, ways)
        }
    }

    /// What else leads to a service than the route, in words.
    func note(of way: Way) -> Diagnostic.Note? {
        switch way.detour {
        case .pick(let index):
            let name = configuration.middlewares[index].name
            return .init(range: name.range, message: "`\(name.value)` picks it")
        case .fallback(let service):
            return subject.observations.fallbackRanges[service].map {
                let name = configuration.services[service].name.value
                return .init(range: $0, message: "it takes over for `\(name)`")
            }
        case nil: return nil
        }
    }

    /// For each of the `websocket` middlewares, by index: the least patient service of the connections that it is the
    /// innermost one for.
    func least(of wanted: Set<Int>) -> [Int: Way] {
        var least: [Int: Way] = [:]
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
                guard let way = way(to: services, through: chain) else { continue }
                least[index] = Self.lesser(least[index], way)
            }
        }
        return least
    }

    /// The least patient way of a chain.
    private func way(to services: [Int], through chain: [Int]) -> Way? {
        var least: Way?
        for service in services where ways.indices.contains(service) {
            least = Self.lesser(least, ways[service])
        }
        for pick in chain.lazy.compactMap({ picks[$0] }) {
            // Nothing gets to what was chosen before it.
            if pick.isCertain { least = nil }
            least = Self.lesser(least, pick.way)
        }
        return least
    }

    private static func lesser(_ one: Way?, _ other: Way?) -> Way? {
        guard let one, let other else { return one ?? other }
        return other.timeoutMilliseconds < one.timeoutMilliseconds ? other : one
    }

    private static func pick(of middleware: Middleware, at index: Int, _ ways: [Way?]) -> Pick? {
        guard middleware.isEnabled, middleware.isKnown,
            case .dynamicRoute(let policy) = middleware.configuration
        else { return nil }
        var least: Way?
        for service in policy.choices.map(\.service) + (policy.defaultService.map { [$0] } ?? [])
        where ways.indices.contains(service) {
            least = lesser(least, ways[service])
        }
        if least?.detour == nil { least?.detour = .pick(middleware: index) }
        return Pick(way: least, isCertain: policy.defaultService != nil)
    }

    /// Follows those that take over to their ends, each service once.
    private static func ways(of services: [Service], _ readTimeouts: [UInt32?]) -> [Way?] {
        var ways = [Way?](repeating: nil, count: services.count)
        var isDone = [Bool](repeating: false, count: services.count)
        for start in services.indices {
            var line: [Int] = []
            var next: Int? = start
            while let service = next, services.indices.contains(service), !isDone[service] {
                isDone[service] = true
                line.append(service)
                next = services[service].fallbackService
            }
            for service in line.reversed() {
                let own = readTimeouts[service].map {
                    Way(service: service, timeoutMilliseconds: $0)
                }
                var behind = services[service].fallbackService.flatMap {
                    services.indices.contains($0) ? ways[$0] : nil
                }
                if behind?.detour == nil { behind?.detour = .fallback(of: service) }
                ways[service] = lesser(own, behind)
            }
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

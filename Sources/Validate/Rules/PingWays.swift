/// Which services and which `websocket` middlewares have ways that WebSockets take.
struct PingWays {
    /// Where requests start out: at services, or at what a `dynamic_route` picks.
    private struct Starts {
        var services: Set<Int> = []
        var pickers: Set<Int> = []

        func reach(_ picks: [[Int]], along lines: FallbackLines) -> FallbackLines.Reach {
            FallbackLines.Reach(
                from: pickers.reduce(into: services) { $0.formUnion(picks[$1]) }, along: lines)
        }
    }

    private let upgraded: FallbackLines.Reach
    private let others: FallbackLines.Reach
    /// Innermost `websocket` middlewares with a service behind that pings.
    private let useful: Set<Int>
    /// Those without.
    private let idle: Set<Int>

    /// - Parameter pinging: The services that ping.
    init(to pinging: Set<Int>, in configuration: Configuration) {
        let lines = FallbackLines(of: configuration.services)
        let picks = RequestWay.picks(in: configuration)
        let isWebSocket = configuration.middlewares.map { middleware in
            if case .webSocket = middleware.configuration { true } else { false }
        }
        let leads = lines.leading(to: pinging)
        let picksPinging = picks.map { $0.contains { leads[$0] } }
        var upgradedStarts = Starts()
        var otherStarts = Starts()
        var useful: Set<Int> = []
        var idle: Set<Int> = []
        RequestWay.each(in: configuration) { way in
            let pickers = way.chain.filter { !picks[$0].isEmpty }
            guard way.mayUpgrade else {
                otherStarts.services.formUnion(way.targets)
                otherStarts.pickers.formUnion(pickers)
                return
            }
            upgradedStarts.services.formUnion(way.targets)
            upgradedStarts.pickers.formUnion(pickers)
            // The innermost is the one that counts.
            guard let innermost = way.chain.last(where: { isWebSocket[$0] }) else { return }
            let isPinged =
                way.targets.contains { leads[$0] } || pickers.contains { picksPinging[$0] }
            if isPinged { useful.insert(innermost) } else { idle.insert(innermost) }
        }
        self.useful = useful
        self.idle = idle
        upgraded = upgradedStarts.reach(picks, along: lines)
        others = otherStarts.reach(picks, along: lines)
    }

    /// Whether requests lead to a service, and no WebSockets among them.
    func pingsInVain(_ service: Int) -> Bool {
        others.contains(service) && !upgraded.contains(service)
    }

    /// Whether a middleware is the innermost of some ways, and no service of them pings.
    func waitsInVain(_ middleware: Int) -> Bool {
        idle.contains(middleware) && !useful.contains(middleware)
    }
}

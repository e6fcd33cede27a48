import Diagnostics

/// WR115: pings that are never sent, and the time for answers to them.
enum IdlePingRule: Rule {
    static func check(_ subject: RuleSubject, into sink: inout DiagnosticSink) {
        // What is wrong elsewhere may be what pings.
        guard !sink.hasErrors else { return }
        let configuration = subject.configuration
        let pinging = Set(
            configuration.services.indices.filter {
                configuration.services[$0].pingIntervalMilliseconds != nil
            })
        let waiting = Set(
            configuration.middlewares.indices.filter { isWaiting(configuration.middlewares[$0]) })
        guard !(pinging.isEmpty && waiting.isEmpty) else { return }
        let ways = PingWays(to: pinging, in: configuration)
        checkServices(pinging, ways, subject, into: &sink)
        for index in waiting.sorted() where ways.waitsInVain(index) {
            let name = configuration.middlewares[index].name
            sink.warning(
                .noEffect, at: name.range,
                "the `pong_timeout` of `\(name.value)` has no effect: neither it nor a service "
                    + "behind it has a `ping_interval`, so nothing is pinged",
                suggestion: "give it a `ping_interval`, unless `WEBSOCKET_PING_INTERVAL` of the "
                    + "proxy's environment does")
        }
    }

    /// Services may share a setting by an anchor: it does something if it does for one of them.
    private static func checkServices(
        _ pinging: Set<Int>, _ ways: PingWays, _ subject: RuleSubject,
        into sink: inout DiagnosticSink
    ) {
        var owners: [SourceRange: [Int]] = [:]
        for index in pinging.sorted() {
            guard let range = subject.observations.pingIntervalRanges[index] else { continue }
            owners[range, default: []].append(index)
        }
        for (range, services) in owners.sorted(by: { $0.value[0] < $1.value[0] })
        where services.allSatisfy({ ways.pingsInVain($0) }) {
            let name = subject.configuration.services[services[0]].name.value
            sink.warning(
                .noEffect, at: range,
                "the `ping_interval` of `\(name)` has no effect: no route that leads to it takes "
                    + "WebSockets",
                suggestion: "remove it, or look at the `protocol` of the routes")
        }
    }

    /// Whether a middleware says how long a pong may take, and not how often there are pings.
    private static func isWaiting(_ middleware: Middleware) -> Bool {
        guard middleware.isEnabled, case .webSocket(let policy) = middleware.configuration else {
            return false
        }
        return policy.pongTimeoutMilliseconds != nil && policy.pingIntervalMilliseconds == nil
    }
}

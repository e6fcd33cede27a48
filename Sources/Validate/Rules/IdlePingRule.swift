import Diagnostics

/// WR115: pings that are never sent, and the time for answers to them.
enum IdlePingRule: Rule {
    /// Services or middlewares by index: those that some way has in vain, and those that some way has use for.
    private struct Finding {
        var idle: Set<Int> = []
        var used: Set<Int> = []

        mutating func note(_ indices: Set<Int>, isUsed: Bool) {
            if isUsed { used.formUnion(indices) } else { idle.formUnion(indices) }
        }

        var wholly: [Int] { idle.subtracting(used).sorted() }
    }

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
        var services = Finding()
        var middlewares = Finding()
        RequestWay.each(to: pinging, in: configuration) { way in
            services.note(way.services, isUsed: way.mayUpgrade)
            // That a route takes no WebSockets is told of it.
            guard way.mayUpgrade else { return }
            middlewares.note(waiting.intersection(way.chain), isUsed: !way.services.isEmpty)
        }
        for index in services.wholly {
            let name = configuration.services[index].name
            sink.warning(
                .noEffect, at: name.range,
                "the `ping_interval` of `\(name.value)` has no effect: no route that leads to it "
                    + "takes WebSockets",
                suggestion: "remove it, or look at the `protocol` of the routes")
        }
        for index in middlewares.wholly {
            let name = configuration.middlewares[index].name
            sink.warning(
                .noEffect, at: name.range,
                "the `pong_timeout` of `\(name.value)` has no effect: neither it nor a service "
                    + "behind it has a `ping_interval`, so nothing is pinged",
                suggestion: "give it a `ping_interval`, unless `WEBSOCKET_PING_INTERVAL` of the "
                    + "proxy's environment does")
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

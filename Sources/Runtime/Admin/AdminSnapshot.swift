internal import JSON
internal import RouteTable

/// What `GET /api/events` says each second.
struct AdminSnapshot {
    let registry: MetricsRegistry
    /// What was last said of each place.
    private var routes: [RouteFigures?] = []
    /// Where each name of a route stands in the table, made when somebody first looks at it.
    private var summaries: [[UInt8]: RouteSummary] = [:]
    private var generation: UInt32 = 0

    init(_ registry: MetricsRegistry) { self.registry = registry }

    /// Looks at the counters.
    ///
    /// - Returns: The places of routes of which something has changed since it was last called.
    mutating func refresh() -> [Int] {
        let count = registry.labels.routes.count
        while routes.count < count { routes.append(nil) }
        var changed: [Int] = []
        for place in 0..<count {
            let figures = RouteFigures(of: MetricSlot(rawValue: UInt32(place)), in: registry)
            guard figures.isUsed, figures != routes[place] else { continue }
            routes[place] = figures
            changed.append(place)
        }
        return changed
    }

    /// The places of all routes that have had traffic.
    var usedRoutes: [Int] { routes.indices.filter { routes[$0] != nil } }

    /// Forgets the names of an older table.
    mutating func follow(_ next: TableGeneration) {
        guard generation != next.number else { return }
        generation = next.number
        summaries = [:]
        for index in 0..<min(next.table.routeCount, Self.lookedAtMax) {
            let summary = next.table.summary(of: RouteIndex(UInt32(index)))
            let label = Label.route(summary.name)
            if summaries[label] == nil { summaries[label] = summary }
            guard summaries.count < Self.summariesMax else { return }
        }
    }

    /// Routes of a large table that are shown with their pattern and place.
    private static let summariesMax = 20_000
    /// Routes that are looked at for that: many may have one name.
    private static let lookedAtMax = 100_000

    /// Writes the members `totals`, `routes` and `latency_bounds_ms`.
    func write(_ changed: [Int], to json: inout JSONText) {
        json.key("totals")
        json.object { writeTotals(to: &$0) }
        json.key("routes")
        let labels = registry.labels.routes
        json.array { json in
            for place in changed {
                guard let figures = routes[place] else { continue }
                json.object { write(figures, labels[place], to: &$0) }
            }
        }
        json.key("latency_bounds_ms")
        json.array { json in
            for bound in HistogramScale.brief.bounds { json.decimal(Int(bound), places: 3) }
        }
    }

    private func writeTotals(to json: inout JSONText) {
        var statuses = [UInt64](repeating: 0, count: 5)
        var requestCount: UInt64 = 0
        for figures in routes {
            guard let figures else { continue }
            requestCount += figures.requestCount
            for index in statuses.indices { statuses[index] += figures.statusCounts[index] }
        }
        json.member("requests", requestCount)
        json.key("status")
        json.array { json in for status in statuses { json.number(status) } }
        json.member(
            "bytes_in", total(.receivedBytes) + total(.webSocketBytesFromClient))
        json.member(
            "bytes_out",
            total(.sentBytes) + total(.webSocketBytesFromUpstream) + total(.streamBytes))
        json.member("clients", registry.open(.clientsOpen))
        json.member("websockets_open", open(.webSocketsOpen))
        json.member("websockets_total", total(.webSocketsOpened))
        json.member("sse_open", open(.streamsOpen))
        json.member("sse_total", total(.streamsOpened))
        json.member("messages_in", total(.messagesFromClient))
        json.member("messages_out", total(.messagesFromUpstream))
        json.member("events", total(.streamEvents))
        json.key("websocket_closes")
        json.array { writeCloses(to: &$0) }
    }

    /// How WebSockets have ended: who ended so many with which code.
    private func writeCloses(to json: inout JSONText) {
        for side in CloseMetric.Side.allCases {
            for (code, name) in CloseMetric.codeNames.enumerated() {
                let offset =
                    MetricsLayout.routeCloses + side.rawValue * CloseMetric.codeNames.count + code
                let count = routes.indices.reduce(UInt64(0)) { sum, route in
                    let slot = MetricSlot(rawValue: UInt32(route))
                    return routes[route] == nil
                        ? sum : sum &+ registry.sum(at: WorkerMetrics.place(of: slot) + offset)
                }
                guard count > 0 else { continue }
                json.object { json in
                    json.member("by", "\(side.name)")
                    json.member("code", "\(name)")
                    json.member("count", count)
                }
            }
        }
    }

    private func total(_ counter: RouteCounter) -> UInt64 {
        routes.indices.reduce(0) { $0 &+ registry.sum(of: counter, UInt32($1)) }
    }

    private func open(_ counter: RouteCounter) -> UInt64 {
        let sum = total(counter)
        return sum > UInt64(Int64.max) ? 0 : sum
    }

    private func write(_ figures: RouteFigures, _ label: [UInt8], to json: inout JSONText) {
        let summary = summaries[label]
        json.member("name", summary?.name ?? Self.name(of: label))
        json.member("pattern", summary?.pattern)
        json.member("file", summary?.file)
        json.member("line", summary?.line)
        json.member("service", summary?.services.joined(separator: ", "))
        json.member("requests", figures.requestCount)
        json.key("status")
        json.array { json in for count in figures.statusCounts { json.number(count) } }
        json.key("latency_buckets")
        json.array { json in for count in figures.latencyBuckets { json.number(count) } }
        json.key("latency_seconds_sum")
        json.decimal(Int(clamping: figures.latencyMicroseconds), places: 6)
        json.member("websockets_open", figures.openWebSocketCount)
        json.member("sse_open", figures.openStreamCount)
    }

    /// The value of a label whose route is no longer in the table.
    private static func name(of label: [UInt8]) -> String {
        String(decoding: label.dropFirst(7).dropLast(), as: UTF8.self)
    }
}

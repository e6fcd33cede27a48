import RouteTable

/// What the worker counts. Each is a few additions in its own memory.
///
/// `mutating` also where nothing changes: a borrow of the loop while it is being mutated would copy it
/// (Swift 6.3).
extension WorkerLoop {
    /// The place of a route of the request's table among the counters.
    mutating func metricSlot(
        of route: RouteIndex?, in table: borrowing LoadedTable
    ) -> MetricSlot {
        guard let route else { return .none }
        return tables[requestTable].metricSlots.slot(of: route, in: table)
    }

    /// Counts an exchange that has ended.
    mutating func measure(_ index: UInt32) {
        let route = exchanges[index].metricSlot
        let flags = exchanges[index].flags
        let status = exchanges[index].status
        let microseconds = nowMicroseconds - exchanges[index].startMicroseconds
        if exchanges[index].fault == .authExpiredWhileOpen { metrics.count(.authExpiredWhileOpen) }
        metrics.countRequest(of: route, exchanges[index].method, status: status)
        if status == 101 {
            metrics.discount(.webSocketsOpen, of: route)
            metrics.observe(.webSocketDuration, of: route, microseconds)
        } else if flags.contains(.isEventStream) {
            metrics.discount(.streamsOpen, of: route)
            metrics.observe(.streamDuration, of: route, microseconds)
        } else {
            metrics.observe(.requestDuration, of: route, microseconds)
            metrics.count(.receivedBytes, of: route, by: exchanges[index].receivedBytes)
            metrics.count(.sentBytes, of: route, by: exchanges[index].sentBytes)
            metrics.observe(
                .ownTime, UInt64(exchanges[index].attempts.ownMicroseconds) + elapsedMicroseconds())
        }
        let head = exchanges[index].upstreamHeadMicroseconds
        guard head > 0 else { return }
        let service = tables[exchanges[index].table].metricSlots.services[service(of: index)]
        metrics.observe(
            .upstreamDuration, of: service, head - exchanges[index].upstreamStartMicroseconds)
    }

    /// Counts a request that was answered here.
    mutating func measureLocalAnswer(
        _ head: RequestHead, _ answer: LocalAnswer, status: HTTPStatus, sentBytes: UInt64,
        in table: borrowing LoadedTable
    ) {
        let route = metricSlot(of: answer.route, in: table)
        let microseconds = elapsedMicroseconds()
        metrics.countRequest(of: route, head.method, status: status.rawValue)
        metrics.observe(
            .requestDuration, of: route, nowMicroseconds - requestStartMicroseconds + microseconds)
        metrics.observe(.ownTime, microseconds)
        metrics.count(.receivedBytes, of: route, by: UInt64(head.byteCount))
        metrics.count(.sentBytes, of: route, by: sentBytes)
        if let refusal = answer.fault.authCounter { metrics.count(refusal) }
        switch status {
        case .contentTooLarge: metrics.count(.limitContentSize)
        default: break
        }
    }

    /// Counts a request whose head could not be read.
    mutating func measureRefusedHead(status: HTTPStatus, sentBytes: UInt64) {
        metrics.countRequest(of: .none, .other, status: status.rawValue)
        metrics.count(.sentBytes, of: .none, by: sentBytes)
        switch status {
        case .fieldsTooLarge: metrics.count(.limitHeadSize)
        case .uriTooLong: metrics.count(.limitTargetSize)
        case .contentTooLarge: metrics.count(.limitContentSize)
        default: break
        }
    }

    /// What this turn has taken so far. The only clock that is read for a request.
    mutating func elapsedMicroseconds() -> UInt64 {
        let clock = Clock.monotonicMicroseconds()
        return clock > nowMicroseconds ? clock - nowMicroseconds : 0
    }

    /// A request has come to an endpoint, or has left it.
    mutating func countRequest(atEndpoint endpoint: UInt32, table: UInt32, begins: Bool) {
        let slot = tables[table].metricSlots.endpoints[Int(endpoint)]
        if begins {
            metrics.count(.requests, of: slot)
            metrics.count(.activeRequests, of: slot)
        } else {
            metrics.discount(.activeRequests, of: slot)
        }
    }

    /// Counts something of the endpoint that an upstream's connection goes to.
    mutating func count(_ counter: EndpointCounter, ofUpstream slot: UInt32) {
        let table = connections[slot].table
        guard tables.isOccupied(table) else { return }
        count(counter, ofEndpoint: connections[slot].origin, table: table)
    }

    /// Counts something of an endpoint.
    mutating func count(_ counter: EndpointCounter, ofEndpoint endpoint: UInt32, table: UInt32) {
        metrics.count(counter, of: tables[table].metricSlots.endpoints[Int(endpoint)])
    }

    /// Says until when the worker sends an endpoint nothing.
    mutating func showEjection(ofEndpoint endpoint: UInt32, table: UInt32) {
        let slot = tables[table].metricSlots.endpoints[Int(endpoint)]
        let again = tables[table].endpoints[Int(endpoint)].health.triedAgainFrom
        metrics.set(.triedAgainFrom, of: slot, to: again)
    }

    /// Says how long an endpoint takes to answer.
    mutating func showLatency(ofEndpoint endpoint: UInt32, table: UInt32) {
        let slot = tables[table].metricSlots.endpoints[Int(endpoint)]
        metrics.set(
            .latency, of: slot,
            to: tables[table].endpoints[Int(endpoint)].latency.latestMicroseconds)
        metrics.set(.latencyTaken, of: slot, to: now)
    }
}

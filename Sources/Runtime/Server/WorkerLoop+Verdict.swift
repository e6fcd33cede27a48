import RouteTable

/// What the answers and failures of requests say of their endpoints.
extension WorkerLoop {
    /// The endpoint has answered.
    mutating func noteSuccess(_ index: UInt32, _ status: UInt16) {
        let table = exchanges[index].table
        let endpoint = exchanges[index].endpoint
        let wasEjected = tables[table].endpoints[Int(endpoint)].health.isEjected
        let took = nowMicroseconds - exchanges[index].upstreamStartMicroseconds
        exchanges[index].flags.remove(.findsOut)
        for place in places(of: endpoint, table: table) {
            tables[place.table].endpoints[place.index].noteSuccess(
                status, took, now: now, nowMicroseconds)
        }
        if status < 500 { showLatency(ofEndpoint: endpoint, table: table) }
        if wasEjected, !tables[table].endpoints[Int(endpoint)].health.isEjected {
            showEjection(ofEndpoint: endpoint, table: table)
            logEndpoint(.notice, "endpoint.back", table, endpoint, reason: "it has answered")
        }
    }

    /// The endpoint did not answer as it should. Counts once for each attempt.
    mutating func noteFailure(_ index: UInt32, _ fault: ExchangeFault) {
        guard exchanges[index].flags.contains(.holdsEndpoint),
            !exchanges[index].flags.contains(.failureNoted)
        else { return }
        let isEvidence = isEvidence(index, fault)
        exchanges[index].flags.insert(.failureNoted)
        exchanges[index].flags.remove(.findsOut)
        let table = exchanges[index].table
        let endpoint = exchanges[index].endpoint
        count(.failures, ofEndpoint: endpoint, table: table)
        guard isEvidence else { return }
        let took =
            nowMicroseconds - min(nowMicroseconds, exchanges[index].upstreamStartMicroseconds)
        for place in places(of: endpoint, table: table) {
            tables[place.table].endpoints[place.index].latency.fail(
                after: took, now: nowMicroseconds)
        }
        // Who can't be reached is no use to anybody; of what was sent the request may be to blame.
        countAgainst(
            endpoint, table: table, fault, wasSent: !exchanges[index].state.isConnecting)
    }

    /// Whether the failure speaks against the endpoint. A request that harms whoever gets it does so against one
    /// endpoint of a service, not against all that it was sent to; what was not sent harms nobody.
    private mutating func isEvidence(_ index: UInt32, _ fault: ExchangeFault) -> Bool {
        let attempts = exchanges[index].attempts
        if attempts.attemptCount == UInt32(attempts.moveCount) { return true }
        if exchanges[index].flags.contains(.findsOut) { return true }
        return exchanges[index].state.isConnecting && !fault.isOwnShortage
            // One request finds out once.
            && !attempts.tried.contains(exchanges[index].endpoint)
    }

    /// A failure speaks against an endpoint, and against the one that took its place in a newer table.
    mutating func countAgainst(
        _ endpoint: UInt32, table: UInt32, _ fault: ExchangeFault, wasSent: Bool
    ) {
        let service = Int(tables[table].endpoints[Int(endpoint)].name.service)
        let breaker = tables[table].services[service].policy.breaker
        if countFailure(ofEndpoint: endpoint, table: table, breaker, wasSent: wasSent) {
            count(.ejections, ofEndpoint: endpoint, table: table)
            showEjection(ofEndpoint: endpoint, table: table)
            logEndpoint(.warning, "endpoint.ejected", table, endpoint, reason: fault.reason)
        } else if tables[table].endpoints[Int(endpoint)].health.isEjected {
            showEjection(ofEndpoint: endpoint, table: table)
        }
        if let heir = tables[table].heir(of: endpoint) {
            _ = countFailure(
                ofEndpoint: heir, table: currentTable, breaker, wasSent: wasSent)
        }
    }

    /// - Returns: Whether the endpoint is ejected by that.
    private mutating func countFailure(
        ofEndpoint endpoint: UInt32, table: UInt32, _ breaker: ServicePolicy.Breaker, wasSent: Bool
    ) -> Bool {
        let service = Int(tables[table].endpoints[Int(endpoint)].name.service)
        let canBeSpared =
            !wasSent
            || tables[table].services[service].canSpare(endpoint, of: tables[table].endpoints)
        let isEjected = tables[table].endpoints[Int(endpoint)].health.fail(
            now: now, breaker, canBeSpared: canBeSpared, wasSent: wasSent)
        if isEjected {
            let first = tables[table].services[service].firstEndpoint
            tables[table].generation.shared[service].ejections[Int(endpoint - first)].raise(
                to: tables[table].endpoints[Int(endpoint)].health.triedAgainFrom)
        }
        return isEjected
    }

    /// - Parameter reason: What became of the last request.
    mutating func logEndpoint(
        _ level: LogLevel, _ event: StaticString, _ table: UInt32, _ endpoint: UInt32,
        reason: StaticString
    ) {
        guard logs.events.has(level) else { return }
        let name = tables[table].endpoints[Int(endpoint)].name
        let service = tables[table].generation.services[Int(name.service)]
        logs.events.write(
            level, event, .text("service", service.name),
            .text("endpoint", service.endpoints[Int(name.endpoint)].text),
            .word("reason", reason), .number("worker", self.index))
    }
}

import RouteTable

/// A connection that takes longer than it should: its request goes to another endpoint, and one dial goes on, to find
/// out when the endpoint can be reached again. Nothing was sent yet, so that every request may go.
extension WorkerLoop {
    /// Begins the time that a request has for dialling its endpoint.
    mutating func beginDialTime(_ index: UInt32) {
        let table = exchanges[index].table
        let endpoint = Int(exchanges[index].endpoint)
        let deadline = now + tables[table].services[service(of: index)].dialTimeoutMilliseconds
        exchanges[index].attempts.dialDeadline = deadline
        exchanges[index].flags.remove(.dialIsLate)
        tables[table].endpoints[endpoint].dials.begin(now: now, deadline: deadline)
    }

    /// When a connection under way counts as late; nil if it does already, or it makes no difference.
    mutating func lateDialDue(_ slot: UInt32) -> MonotonicMilliseconds? {
        let index = connections[slot].exchange
        guard connections[slot].stage == .connecting, exchanges[index].upstream.slot == slot,
            !exchanges[index].flags.contains(.dialIsLate)
        else { return nil }
        let table = exchanges[index].table
        let service = service(of: index)
        guard tables[table].services[service].endpointCount > 1 else { return nil }
        let since = connections[slot].stageSince
        // Who is kept at this endpoint loses a session by going: a packet may just have been lost.
        let patience =
            exchanges[index].flags.contains(.isKeptByCookie)
            ? DialWatch.patienceMillisecondsMax
            : tables[table].endpoints[Int(exchanges[index].endpoint)].dials.patienceMilliseconds
        return since + patience
    }

    /// A connection is not there in time.
    mutating func dialIsLate(_ slot: UInt32) {
        let index = connections[slot].exchange
        let table = exchanges[index].table
        let endpoint = exchanges[index].endpoint
        let since = connections[slot].stageSince
        let deadline = exchanges[index].attempts.dialDeadline
        exchanges[index].flags.insert(.dialIsLate)
        let isNew = tables[table].endpoints[Int(endpoint)].dials.suspect(
            since: since, now: now, deadline: deadline)
        if isNew {
            logEndpoint(
                .warning, "endpoint.late", table, endpoint,
                reason: proxyRoute(of: slot) == nil
                    ? "a connection to it takes too long"
                    : "a connection to the proxy on the way takes too long")
        }
        if let heir = tables[table].heir(of: endpoint) {
            _ = tables[currentTable].endpoints[Int(heir)].dials.suspect(
                since: since, now: now, deadline: deadline)
        }
        if !moveToAnother(index) { arm(slot) }
    }

    /// Sends a request that waits for a connection to another endpoint of its service, if one is well.
    private mutating func moveToAnother(_ index: UInt32) -> Bool {
        let table = exchanges[index].table
        let service = UInt32(service(of: index))
        guard mayMove(index) else { return false }
        var request = pickRequest(again: index, at: service)
        request.tried.insert(exchanges[index].endpoint)
        request.onlyWell = true
        // Its own places at the service are enough: where all of them are taken by such as wait, each may still go.
        let tried = request.tried
        var placement = takeEndpoint(service, request, table: table)
        if case .nobody = placement, exchanges[index].flags.contains(.findsOut) {
            // It was tried though it is ejected, rather than to go back to one that has failed the request: that
            // one has become the better choice.
            request.tried = TriedEndpoints()
            request.tried.insert(exchanges[index].endpoint)
            placement = takeEndpoint(service, request, table: table)
        }
        guard case .taken(let choice) = placement else { return false }
        let slot = exchanges[index].upstream.slot
        var carried = connections[slot].outgoing
        guard fit(&carried, of: index, to: choice) else {
            giveBackEndpoint(choice, table: table)
            return false
        }
        connections[slot].outgoing = PendingBytes()
        exchanges[index].attempts.attemptCount += 1
        exchanges[index].attempts.moveCount += 1
        exchanges[index].attempts.tried = tried
        keepPlaces(index)
        leaveEndpoint(index)
        exchanges[index].upstream = .none
        closeRivals(index)
        goOnDialling(slot)
        enter(index, choice)
        metrics.count(.retries, of: tables[table].metricSlots.services[Int(service)])
        noteAffinity(again: index)
        exchanges[index].addressIndex = 0
        redial(index, carrying: carried)
        return true
    }

    /// A dial that no request waits for any more goes on, unless another one does.
    private mutating func goOnDialling(_ slot: UInt32) {
        let table = connections[slot].table
        let endpoint = Int(connections[slot].origin)
        guard table == currentTable, drainDeadline == nil,
            !isAlive(tables[table].endpoints[endpoint].spareDial)
        else { return close(slot) }
        connections[slot].flags.insert(.isSpareDial)
        connections[slot].exchange = .max
        tables[table].endpoints[endpoint].spareDial = token(of: slot)
        arm(slot)
    }

    /// When such a dial is given up.
    mutating func spareDialDeadline(_ slot: UInt32) -> MonotonicMilliseconds {
        let table = connections[slot].table
        let endpoint = Int(connections[slot].origin)
        let service = Int(tables[table].endpoints[endpoint].name.service)
        return connections[slot].stageSince
            + tables[table].services[service].dialTimeoutMilliseconds
    }

    /// It has connected, so the endpoint can be reached again. The next request may have the connection, unless
    /// there is more to be said on it first.
    mutating func spareDialConnected(_ slot: UInt32) {
        let table = connections[slot].table
        let endpoint = Int(connections[slot].origin)
        count(.connects, ofUpstream: slot)
        tables[table].endpoints[endpoint].spareDial = .none
        connections[slot].flags.remove(.isSpareDial)
        let name = tables[table].endpoints[endpoint].name
        let isReady =
            !connections[slot].stream.isEncrypted
            && tables[table].generation.proxyRoute(to: name) == nil
        if isReady { putIntoPool(slot) } else { close(slot) }
    }

    /// It has failed, which counts as the failure of one request.
    mutating func spareDialFailed(_ slot: UInt32, _ fault: ExchangeFault) {
        let table = connections[slot].table
        let endpoint = connections[slot].origin
        tables[table].endpoints[Int(endpoint)].spareDial = .none
        close(slot)
        if fault.isOwnShortage { return }
        reportDialFailure(table: table, endpoint: endpoint)
        // An ejected endpoint that was to be tried again has been.
        if tables[table].endpoints[Int(endpoint)].health.admits(now: now) {
            _ = tables[table].endpoints[Int(endpoint)].health.begin(now: now)
        }
        count(.failures, ofEndpoint: endpoint, table: table)
        countAgainst(endpoint, table: table, fault, wasSent: false)
    }

    /// Gives up the dial of an endpoint that no request waits for.
    mutating func closeSpareDial(table: UInt32, endpoint: Int) {
        let spare = tables[table].endpoints[endpoint].spareDial
        tables[table].endpoints[endpoint].spareDial = .none
        if isAlive(spare) { close(spare.slot) }
    }

    /// A connection is there: whoever waited for one to the endpoint need not any longer.
    mutating func noteConnected(_ slot: UInt32) {
        let table = connections[slot].table
        let endpoint = connections[slot].origin
        let took = now - min(now, connections[slot].stageSince)
        guard tables[table].endpoints[Int(endpoint)].dials.connected(after: took) else { return }
        logEndpoint(.notice, "endpoint.in_time", table, endpoint, reason: "it was connected to")
    }

    /// A connection could not be made.
    mutating func noteNotConnected(_ slot: UInt32) {
        guard connections[slot].stage == .connecting else { return }
        let table = connections[slot].table
        let endpoint = connections[slot].origin
        let took = now - min(now, connections[slot].stageSince)
        guard tables[table].endpoints[Int(endpoint)].dials.failed(after: took) else { return }
        logEndpoint(.notice, "endpoint.in_time", table, endpoint, reason: "it refuses at once")
    }
}

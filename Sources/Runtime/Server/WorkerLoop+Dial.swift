import RouteTable

/// From a chosen endpoint to a connection that takes the request.
extension WorkerLoop {
    /// Takes a connection from the pool, or dials.
    ///
    /// - Parameter pending: The part of the scratch buffer that followed the request's head.
    mutating func connectUpstream(_ index: UInt32, pending: Range<Int>) {
        let table = exchanges[index].table
        let endpoint = exchanges[index].endpoint
        exchanges[index].upstreamStartMicroseconds = nowMicroseconds
        var pending = pending
        if !exchanges[index].state.expectsRequestContent {
            // It is the next request, which must not be lost whatever becomes of this one.
            precondition(
                hold(exchanges[index].client.slot, pending), "what one read brought fits a block")
            pending = 0..<0
        }
        if let pooled = takeOpenPooled(index, table: table, endpoint: endpoint) {
            attach(pooled, to: index)
            exchanges[index].state.connected(isReused: true)
            noLongerPending(index)
            return takeRequestContent(index, pending, sendsHead: true)
        }
        let client = exchanges[index].client
        beginDialTime(index)
        dial(index)
        guard isAlive(client), isExchange(index, of: client), exchanges[index].state.canStillAnswer
        else { return }
        if exchanges[index].state.expectsRequestContent {
            takeRequestContent(index, pending, sendsHead: false)
        }
    }

    /// A pooled connection that the request may be sent on. One that can't be repeated is not sent
    /// where the end of the connection has arrived already.
    private mutating func takeOpenPooled(
        _ index: UInt32, table: UInt32, endpoint: UInt32
    ) -> UInt32? {
        while let pooled = takePooled(table: table, endpoint: endpoint) {
            if exchanges[index].state.isRepeatable || connections[pooled].stream.seemsOpen {
                return pooled
            }
            close(pooled)
        }
        return nil
    }

    /// The service of an exchange that goes to one.
    mutating func service(of index: UInt32) -> Int { service(of: exchanges[index]) }

    mutating func service(of exchange: Exchange) -> Int {
        guard let service = exchange.service else {
            preconditionFailure("an exchange without a service has an upstream")
        }
        return Int(service.rawValue)
    }

    mutating func attach(_ slot: UInt32, to index: UInt32) {
        connections[slot].exchange = index
        connections[slot].enter(connections[slot].stage, now: now)
        exchanges[index].upstream = token(of: slot)
    }

    /// Dials the next address of the endpoint, or waits for its addresses.
    ///
    /// - Parameter carried: What the last address was to be sent and did not get; empty for the first.
    mutating func dial(_ index: UInt32, carrying carried: PendingBytes = PendingBytes()) {
        let endpoint = Int(exchanges[index].endpoint)
        let table = exchanges[index].table
        let addresses = tables[table].endpoints[endpoint].addresses
        if addresses.isEmpty { return awaitAddresses(index, carrying: carried) }
        guard openNextAddress(index, addresses, carrying: carried) else {
            return dialFailed(index, timedOut: false, carrying: carried)
        }
    }

    /// A connecting socket became writable, or failed.
    mutating func finishConnecting(_ slot: UInt32) {
        // The kernel announces an error together with writability: without one there is nothing to ask.
        if connections[slot].flags.contains(.endSeen) {
            let number = connections[slot].stream.pendingError()
            guard number == 0 else {
                return dialAttemptFailed(slot, fault: ExchangeFault(connectError: number))
            }
        }
        noteConnected(slot)
        if connections[slot].flags.contains(.isSpareDial) { return spareDialConnected(slot) }
        if !connections[slot].flags.contains(.isOwnRequest) { settleRace(slot) }
        if connections[slot].stream.isEncrypted {
            connections[slot].stage = .handshaking
            return continueHandshake(slot)
        }
        upstreamSecured(slot)
    }

    /// The connection is there: the request goes out.
    mutating func upstreamConnected(_ slot: UInt32) {
        let index = connections[slot].exchange
        count(.connects, ofUpstream: slot)
        connections[slot].enter(.exchanging, now: now)
        exchanges[index].state.connected(isReused: false)
        exchanges[index].fault = .none
        noLongerPending(index)
        arm(slot)
        let connection = token(of: slot)
        if connections[slot].outgoing.isEmpty { allWritten(slot) } else { flush(slot) }
        // An answer may have come with the end of the handshake; nothing would announce it again.
        guard isAlive(connection), connections[slot].flags.contains(.readable) else { return }
        enqueue(slot)
    }

    /// One address did not work out: the next one, or the end.
    mutating func dialAttemptFailed(_ slot: UInt32, fault: ExchangeFault) {
        let fault = located(fault, slot)
        noteNotConnected(slot)
        if connections[slot].flags.contains(.isOwnRequest) { return ownNotConnected(slot, fault) }
        count(.failedConnects, ofUpstream: slot)
        if fault.isDialTimeout { metrics.count(fault.dialTimeoutCounter) }
        if connections[slot].flags.contains(.isSpareDial) { return spareDialFailed(slot, fault) }
        if loseRace(slot) { return }
        let index = connections[slot].exchange
        // Nothing of it was sent: the next address gets all of it, with content that came meanwhile.
        let carried = connections[slot].outgoing
        connections[slot].outgoing = PendingBytes()
        noteAddress(index, connections[slot].peer)
        close(slot)
        exchanges[index].upstream = .none
        exchanges[index].fault = fault
        if now >= exchanges[index].attempts.dialDeadline {
            return dialFailed(index, timedOut: fault.isDialTimeout, carrying: carried)
        }
        dial(index, carrying: carried)
    }

    /// No address of the endpoint could be reached.
    ///
    /// - Parameter carried: What was to be sent, if that is more than the request's head.
    mutating func dialFailed(
        _ index: UInt32, timedOut: Bool, carrying carried: PendingBytes = PendingBytes()
    ) {
        let fault = exchanges[index].fault
        if fault.isOwnShortage {
            // It says nothing about the backend.
            exchanges[index].flags.insert(.failureNoted)
            if fault == .outOfPorts { logPressure("connections.exhausted", .noPort) }
        } else {
            reportDialFailure(table: exchanges[index].table, endpoint: exchanges[index].endpoint)
        }
        if tryAgainElsewhere(index, carrying: carried) { return }
        var carried = carried
        carried.clear(to: &blocks)
        perform(
            exchanges[index].state.connectFailed(
                timedOut: timedOut, isOurs: fault.isOwnShortage), on: index,
            fault: fault == .none ? located(.upstreamUnreachable, ofExchange: index) : fault)
    }

    /// Has the control thread ask for the name again: its addresses may have changed.
    mutating func reportDialFailure(table: UInt32, endpoint: UInt32) {
        guard tables[table].endpoints[Int(endpoint)].isNamed else { return }
        control.post(.dialFailed(tables[table].endpoints[Int(endpoint)].name))
    }

    private mutating func awaitAddresses(_ index: UInt32, carrying carried: PendingBytes) {
        let table = exchanges[index].table
        let endpoint = Int(exchanges[index].endpoint)
        // What another endpoint was to be sent can't wait here: there is no connection that holds it.
        guard tables[table].endpoints[endpoint].resolution == .pending,
            carried.count <= exchanges[index].record.headByteCount
        else {
            exchanges[index].fault = located(.upstreamUnresolved, ofExchange: index)
            return dialFailed(index, timedOut: false, carrying: carried)
        }
        var carried = carried
        carried.clear(to: &blocks)
        exchanges[index].flags.insert(.awaitsAddresses)
        arm(exchanges[index].client.slot)
    }

    /// Addresses of an endpoint came, or it is known that there are none: those who wait go on.
    mutating func resumeWaiting(table: UInt32, endpoint: UInt32) {
        for index in 0..<exchanges.slotsEnd
        where exchanges.isOccupied(index) && exchanges[index].table == table
            && exchanges[index].endpoint == endpoint
            && exchanges[index].flags.contains(.awaitsAddresses)
        {
            exchanges[index].flags.remove(.awaitsAddresses)
            dial(index)
            guard exchanges.isOccupied(index), isAlive(exchanges[index].client) else { continue }
            // Content that waited in the socket or with the connection can be read now.
            enqueue(exchanges[index].client.slot)
        }
        resumeOwnRequests(table: table, endpoint: endpoint)
    }

    /// Sends a request again, on a new connection: the pooled one was closed by its peer.
    mutating func retryOnFreshConnection(_ index: UInt32) {
        let table = exchanges[index].table
        let endpoint = exchanges[index].endpoint
        exchanges[index].upstream = .none
        exchanges[index].addressIndex = 0
        // What becomes of the fresh one does say something about the backend.
        exchanges[index].flags.remove(.failureNoted)
        // Its neighbours in the pool are as old and may be dead as well.
        while let pooled = takePooled(table: table, endpoint: endpoint) { close(pooled) }
        redial(index, carrying: PendingBytes())
    }
}

import RouteTable

/// From a chosen endpoint to a connection that takes the request.
extension WorkerLoop {
    /// Takes a connection from the pool, or dials.
    ///
    /// - Parameter pending: The part of the scratch buffer that followed the request's head.
    mutating func connectUpstream(_ index: UInt32, pending: Range<Int>) {
        let table = exchanges[index].table
        let endpoint = exchanges[index].endpoint
        let service = service(of: index)
        exchanges[index].attempts.dialDeadline =
            now + tables[table].services[service].dialTimeoutMilliseconds
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

    private mutating func attach(_ slot: UInt32, to index: UInt32) {
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

    /// Begins to connect to the next address of the endpoint that can be tried.
    ///
    /// - Returns: False if there is none; then `carried` is still the caller's.
    private mutating func openNextAddress(
        _ index: UInt32, _ addresses: [SocketAddress], carrying carried: PendingBytes
    ) -> Bool {
        while Int(exchanges[index].addressIndex)
            < min(addresses.count, Limits.addressesPerEndpointMax)
        {
            let address = takeNextAddress(index, of: addresses)
            do throws(SystemError) {
                var isConnected = false
                let socket = try connectingSocket(to: address, isConnected: &isConnected)
                let opening =
                    isConnected || !carried.isEmpty
                    ? .wouldBlock : sendHeadAtOnce(index, on: socket, to: address)
                guard let slot = openUpstream(socket, to: address, for: index, carried, opening)
                else { return false }
                switch opening {
                case .moved: finishConnecting(slot)
                case .wouldBlock, .endOfStream: if isConnected { finishConnecting(slot) }
                case .broken(let number):
                    dialAttemptFailed(slot, fault: ExchangeFault(connectError: number))
                }
                return true
            } catch {
                if error.isOutOfDescriptors, evictOne() {
                    exchanges[index].addressIndex -= 1
                    continue
                }
                exchanges[index].attempts.address = address
                exchanges[index].fault = exchanges[index].fault.followed(
                    by: ExchangeFault(connectError: error.number))
            }
        }
        return false
    }

    /// Sends the head of a request without content right behind the first packet. To an address of this
    /// machine the connection is there when `connect` returns, although it can't say so.
    ///
    /// - Returns: What came of it; `wouldBlock` if it is not there yet, or something else goes before the head.
    private mutating func sendHeadAtOnce(
        _ index: UInt32, on socket: borrowing Socket, to address: SocketAddress
    ) -> Transfer {
        guard address.isLoopback, !exchanges[index].state.expectsRequestContent else {
            return .wouldBlock
        }
        let table = exchanges[index].table
        let endpoint = tables[table].endpoints[Int(exchanges[index].endpoint)]
        guard !endpoint.usesTLS, tables[table].generation.proxyRoute(to: endpoint.name) == nil
        else { return .wouldBlock }
        // SAFETY: the record does not change during the call.
        return unsafe socket.write(exchanges[index].record.head)
    }

    /// The next address to dial, the one that connected last before all others.
    private mutating func takeNextAddress(
        _ index: UInt32, of addresses: [SocketAddress]
    ) -> SocketAddress {
        let step = Int(exchanges[index].addressIndex)
        if step == 0 {
            let endpoint = Int(exchanges[index].endpoint)
            exchanges[index].attempts.firstAddress =
                tables[exchanges[index].table].endpoints[endpoint].order.first(now: now)
        }
        exchanges[index].addressIndex += 1
        // There may be fewer of them by now.
        let last = UInt16(clamping: addresses.count - 1)
        let first = min(exchanges[index].attempts.firstAddress, last)
        return addresses[AddressOrder.place(after: step, startingWith: first)]
    }

    /// Whether another address may be tried beside those that are under way.
    mutating func mayRace(_ index: UInt32) -> Bool {
        let upstream = exchanges[index].upstream
        let endpoint = Int(exchanges[index].endpoint)
        let addressCount = tables[exchanges[index].table].endpoints[endpoint].addresses.count
        return isAlive(upstream) && connections[upstream.slot].stage == .connecting
            && !exchanges[index].attempts.rivals.isFull
            && now < exchanges[index].attempts.dialDeadline
            && Int(exchanges[index].addressIndex)
                < min(addressCount, Limits.addressesPerEndpointMax)
    }

    /// Begins with the next address while those before are still tried (RFC 8305, 5).
    mutating func race(_ index: UInt32) {
        let first = exchanges[index].upstream
        let addresses =
            tables[exchanges[index].table].endpoints[Int(exchanges[index].endpoint)].addresses
        let carried = connections[first.slot].outgoing
        connections[first.slot].outgoing = PendingBytes()
        exchanges[index].attempts.rivals.append(first)
        if openNextAddress(index, addresses, carrying: carried) {
            if isAlive(first) { arm(first.slot) }
            return
        }
        exchanges[index].attempts.rivals.remove(first)
        connections[first.slot].outgoing = carried
        arm(first.slot)
    }

    /// The first attempt that is connected takes the request; the others are closed.
    private mutating func settleRace(_ slot: UInt32) {
        let index = connections[slot].exchange
        preferAddress(ofUpstream: slot)
        let latest = exchanges[index].upstream.slot
        if latest != slot {
            connections[slot].outgoing = connections[latest].outgoing
            connections[latest].outgoing = PendingBytes()
            exchanges[index].attempts.rivals.remove(token(of: slot))
            exchanges[index].upstream = token(of: slot)
            close(latest)
        }
        closeRivals(index)
    }

    /// The address of a connection is the first to be dialled from now on.
    private mutating func preferAddress(ofUpstream slot: UInt32) {
        let table = connections[slot].table
        let endpoint = Int(connections[slot].origin)
        guard tables[table].endpoints[endpoint].addresses.count > 1,
            let place = tables[table].endpoints[endpoint].addresses.firstIndex(
                of: connections[slot].peer)
        else { return }
        tables[table].endpoints[endpoint].order.connected(to: place, now: now)
    }

    /// Gives up the attempts to connect beside the latest.
    mutating func closeRivals(_ index: UInt32) {
        while let rival = exchanges[index].attempts.rivals.popLast() {
            if isAlive(rival) { close(rival.slot) }
        }
    }

    /// One of several attempts has failed: the others go on, and the next address is tried at once.
    ///
    /// - Returns: False if there was only one.
    private mutating func loseRace(_ slot: UInt32) -> Bool {
        let index = connections[slot].exchange
        if exchanges[index].upstream.slot == slot {
            guard let before = takeRival(index) else { return false }
            connections[before.slot].outgoing = connections[slot].outgoing
            connections[slot].outgoing = PendingBytes()
            exchanges[index].upstream = before
        } else {
            exchanges[index].attempts.rivals.remove(token(of: slot))
        }
        close(slot)
        if mayRace(index) { race(index) } else { arm(exchanges[index].upstream.slot) }
        return true
    }

    /// The latest attempt but one.
    private mutating func takeRival(_ index: UInt32) -> ConnectionToken? {
        while let rival = exchanges[index].attempts.rivals.popLast() {
            if isAlive(rival) { return rival }
        }
        return nil
    }

    /// What the log says of an exchange whose connection is about to be closed. Of an upgraded one nothing is kept but
    /// the place among the addresses.
    mutating func noteAddress(_ index: UInt32, _ peer: SocketAddress) {
        exchanges[index].attempts.address = peer
        guard exchanges[index].session != .max else { return }
        let endpoint = Int(exchanges[index].endpoint)
        let addresses = tables[exchanges[index].table].endpoints[endpoint].addresses
        exchanges[index].addressIndex = UInt16(clamping: (addresses.firstIndex(of: peer) ?? 0) + 1)
    }

    /// - Parameter opening: What came of sending the head already.
    /// - Returns: The slot of the connection; nil if there is none for one more.
    private mutating func openUpstream(
        _ socket: consuming Socket, to address: SocketAddress, for index: UInt32,
        _ carried: PendingBytes, _ opening: Transfer
    ) -> UInt32? {
        guard !connections.isFull else {
            exchanges[index].fault = .outOfConnections
            return nil
        }
        let stream = upstreamStream(
            socket, table: exchanges[index].table, endpoint: exchanges[index].endpoint,
            resumes: true)
        var connection = Connection(
            stream: stream, side: .upstream, stage: .connecting,
            table: exchanges[index].table, origin: exchanges[index].endpoint, peer: address,
            now: now)
        var sent = 0
        if case .moved(let byteCount) = opening { sent = byteCount }
        let isSent = sent == exchanges[index].record.headByteCount
        if !isSent { connection.flags.insert(.watchesOutput) }
        guard let slot = insert(connection) else {
            exchanges[index].fault = .outOfConnections
            return nil
        }
        attach(slot, to: index)
        guard !isSent else { return slot }
        connections[slot].outgoing = carried
        if carried.isEmpty {
            // SAFETY: the record does not change while its head is copied.
            let isQueued = unsafe connections[slot].outgoing.append(
                UnsafeRawBufferPointer(rebasing: exchanges[index].record.head[sent...]),
                from: &blocks)
            precondition(isQueued, "a head that was written fits a block")
        }
        arm(slot)
        return slot
    }

    /// A stream to whoever is dialled for an endpoint: itself, or the proxy on the way.
    ///
    /// - Parameter resumes: Whether an earlier TLS session with the endpoint is taken up.
    mutating func upstreamStream(
        _ socket: consuming Socket, table: UInt32, endpoint: UInt32, resumes: Bool
    ) -> Stream {
        let endpoint = tables[table].endpoints[Int(endpoint)]
        let generation = tables[table].generation
        let descriptor = socket.descriptor
        if let route = generation.proxyRoute(to: endpoint.name) {
            guard route.address.scheme == .https, let context = generation.proxyTLS else {
                return Stream(socket)
            }
            let name = TLSPeerName(route.address.host)
            return Stream(
                socket, session: context.makeSession(on: descriptor, to: name, through: feed))
        }
        guard endpoint.usesTLS,
            let tls = generation.upstreamTLS[Int(endpoint.name.service)]
        else { return Stream(socket) }
        let name = tls.peerNames[Int(endpoint.name.endpoint)]
        return Stream(
            socket,
            session: tls.context.makeSession(
                on: descriptor, to: name, through: feed,
                resuming: resumes ? endpoint.resumption : nil, now: now))
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
        if connections[slot].flags.contains(.isOwnRequest) { return ownNotConnected(slot) }
        count(.failedConnects, ofUpstream: slot)
        if fault.isDialTimeout { metrics.count(fault.dialTimeoutCounter) }
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
            reportDialFailure(index)
        }
        if tryAgainElsewhere(index, carrying: carried) { return }
        var carried = carried
        carried.clear(to: &blocks)
        perform(
            exchanges[index].state.connectFailed(
                timedOut: timedOut, isOurs: fault.isOwnShortage), on: index,
            fault: fault == .none ? .upstreamUnreachable : fault)
    }

    /// Has the control thread ask for the name again: its addresses may have changed.
    private mutating func reportDialFailure(_ index: UInt32) {
        let table = exchanges[index].table
        let endpoint = Int(exchanges[index].endpoint)
        guard tables[table].endpoints[endpoint].isNamed else { return }
        control.post(.dialFailed(tables[table].endpoints[endpoint].name))
    }

    private mutating func awaitAddresses(_ index: UInt32, carrying carried: PendingBytes) {
        let table = exchanges[index].table
        let endpoint = Int(exchanges[index].endpoint)
        guard tables[table].endpoints[endpoint].resolution == .pending else {
            exchanges[index].fault = .upstreamUnresolved
            return dialFailed(index, timedOut: false, carrying: carried)
        }
        // What another endpoint was to be sent can't wait here: there is no connection that holds it.
        guard carried.count <= exchanges[index].record.headByteCount else {
            exchanges[index].fault = .upstreamUnresolved
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

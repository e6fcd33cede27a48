import RouteTable

/// Which address of an endpoint is dialled, and the stream that is to be there.
extension WorkerLoop {
    /// Begins to connect to the next address of the endpoint that can be tried.
    ///
    /// - Returns: False if there is none; then `carried` is still the caller's.
    mutating func openNextAddress(
        _ index: UInt32, _ addresses: [SocketAddress], carrying carried: PendingBytes
    ) -> Bool {
        while Int(exchanges[index].addressIndex)
            < min(addresses.count, Limits.addressesPerEndpointMax)
        {
            let address = takeNextAddress(index, of: addresses)
            let isAtOnce = carried.isEmpty && maySendAtOnce(index, to: address)
            do throws(SystemError) {
                var isConnected = false
                let socket = try connectingSocket(to: address, isConnected: &isConnected)
                guard
                    let slot = openUpstream(
                        socket, to: address, for: index, carried, watchesOutput: !isAtOnce)
                else { return false }
                if isAtOnce {
                    sendHeadAtOnce(index, slot)
                } else if isConnected {
                    finishConnecting(slot)
                }
                return true
            } catch {
                if error.isOutOfDescriptors, evictOne() {
                    exchanges[index].addressIndex -= 1
                    continue
                }
                exchanges[index].attempts.address = address
                exchanges[index].fault = exchanges[index].fault.followed(
                    by: located(ExchangeFault(connectError: error.number), ofExchange: index))
            }
        }
        return false
    }

    /// Whether the head of a request goes out right behind the first packet. To an address of this machine the
    /// connection is there when `connect` returns, although it can't say so.
    private mutating func maySendAtOnce(_ index: UInt32, to address: SocketAddress) -> Bool {
        guard address.isLoopback, !exchanges[index].state.expectsRequestContent else {
            return false
        }
        let table = exchanges[index].table
        let endpoint = tables[table].endpoints[Int(exchanges[index].endpoint)]
        return !endpoint.usesTLS && tables[table].generation.proxyRoute(to: endpoint.name) == nil
    }

    /// Sends the head on a connection that may be there already, which it is if the kernel takes it. Only when nothing
    /// can keep the connection from being used any more: what was sent may be done.
    private mutating func sendHeadAtOnce(_ index: UInt32, _ slot: UInt32) {
        // SAFETY: the record does not change during the call.
        let transfer = unsafe connections[slot].stream.write(exchanges[index].record.head)
        switch transfer {
        case .moved(let byteCount):
            if byteCount < exchanges[index].record.headByteCount {
                queueHead(index, slot, from: byteCount)
                watchOutput(slot)
            }
            finishConnecting(slot)
        case .wouldBlock, .endOfStream:
            queueHead(index, slot, from: 0)
            watchOutput(slot)
            arm(slot)
        case .broken(let number):
            dialAttemptFailed(slot, fault: ExchangeFault(connectError: number))
        }
    }

    /// Has the head of a request, or the rest of it, wait for its connection.
    private mutating func queueHead(_ index: UInt32, _ slot: UInt32, from offset: Int) {
        // SAFETY: the record does not change while its head is copied.
        let isQueued = unsafe connections[slot].outgoing.append(
            UnsafeRawBufferPointer(rebasing: exchanges[index].record.head[offset...]),
            from: &blocks)
        precondition(isQueued, "a head that was written fits a block")
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

    /// - Parameter watchesOutput: False if the head is to be sent at once: nothing is queued then.
    /// - Returns: The slot of the connection; nil if there is none for one more.
    private mutating func openUpstream(
        _ socket: consuming Socket, to address: SocketAddress, for index: UInt32,
        _ carried: PendingBytes, watchesOutput: Bool
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
        if watchesOutput { connection.flags.insert(.watchesOutput) }
        guard let slot = insert(connection) else {
            exchanges[index].fault = .outOfConnections
            return nil
        }
        attach(slot, to: index)
        guard watchesOutput else { return slot }
        connections[slot].outgoing = carried
        if carried.isEmpty { queueHead(index, slot, from: 0) }
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

    /// What the log says of an exchange whose connection is about to be closed. Of an upgraded one nothing is kept but
    /// the place among the addresses.
    mutating func noteAddress(_ index: UInt32, _ peer: SocketAddress) {
        exchanges[index].attempts.address = peer
        guard exchanges[index].session != .max else { return }
        let endpoint = Int(exchanges[index].endpoint)
        let addresses = tables[exchanges[index].table].endpoints[endpoint].addresses
        exchanges[index].addressIndex = UInt16(clamping: (addresses.firstIndex(of: peer) ?? 0) + 1)
    }
}

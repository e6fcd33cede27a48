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

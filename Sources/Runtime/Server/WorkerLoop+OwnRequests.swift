internal import Glibc
import RouteTable

/// Requests of the proxy's own on their way: a connection of the endpoint's pool or a new one, the proxy on the way,
/// TLS, as for any request.
extension WorkerLoop {
    /// Makes a request that there is room for.
    mutating func begin(_ request: OwnRequest) -> UInt32 {
        let index = ownRequests.insert(request).slot
        tables[request.table].exchangeCount += 1
        if request.isCounted {
            countRequest(atEndpoint: request.endpoint, table: request.table, begins: true)
        }
        return index
    }

    /// Sends it on a connection from the pool, or dials. It may have ended when this returns.
    mutating func send(own index: UInt32) {
        let table = ownRequests[index].table
        let endpoint = ownRequests[index].endpoint
        while !ownRequests[index].goesTheWholeWay,
            let slot = takePooled(table: table, endpoint: endpoint)
        {
            guard connections[slot].stream.seemsOpen else {
                close(slot)
                continue
            }
            connections[slot].flags.insert(.isOwnRequest)
            connections[slot].exchange = index
            connections[slot].enter(.exchanging, now: now)
            ownRequests[index].connection = token(of: slot)
            ownRequests[index].isReused = true
            return ownConnected(slot)
        }
        dial(own: index)
    }

    /// Dials the next address of whoever is asked.
    private mutating func dial(own index: UInt32) {
        let table = ownRequests[index].table
        let endpoint = Int(ownRequests[index].endpoint)
        let addresses = tables[table].endpoints[endpoint].addresses
        // Names are looked up when the table is adopted: until then a client's request waits.
        if addresses.isEmpty, tables[table].endpoints[endpoint].resolution == .pending,
            ownRequests[index].awaitsAddresses
        {
            return
        }
        var end = OwnRequest.End.noAnswer(
            addresses.isEmpty
                ? located(.upstreamUnresolved, table: table, endpoint: UInt32(endpoint))
                : ownRequests[index].dialFault)
        while !connections.isFull, let address = ownRequests[index].nextAddress(of: addresses) {
            do throws(SystemError) {
                var isConnected = false
                let socket = try connectingSocket(to: address, isConnected: &isConnected)
                guard let slot = open(socket, to: address, own: index) else {
                    return self.end(own: index, .noRoom)
                }
                if isConnected { finishConnecting(slot) }
                return
            } catch {
                let fault = located(
                    ExchangeFault(connectError: error.number), table: table,
                    endpoint: UInt32(endpoint))
                end = error.isOwnShortage ? .noRoom : .noAnswer(fault)
            }
        }
        self.end(own: index, connections.isFull ? .noRoom : end)
    }

    /// A socket that connects, unless the descriptors that are left are those of the process itself.
    mutating func connectingSocket(
        to address: SocketAddress, isConnected: inout Bool
    ) throws(SystemError) -> Socket {
        guard register.hasRoomForUpstream(bounds) else { throw SystemError(.socket, EMFILE) }
        return try Socket.connect(to: address, isConnected: &isConnected)
    }

    private mutating func open(
        _ socket: consuming Socket, to address: SocketAddress, own index: UInt32
    ) -> UInt32? {
        let table = ownRequests[index].table
        let endpoint = ownRequests[index].endpoint
        let stream = upstreamStream(
            socket, table: table, endpoint: endpoint,
            resumes: !ownRequests[index].goesTheWholeWay)
        var connection = Connection(
            stream: stream, side: .upstream, stage: .connecting, table: table, origin: endpoint,
            peer: address, now: now)
        connection.flags.formUnion([.isOwnRequest, .watchesOutput])
        connection.exchange = index
        guard let slot = insert(connection) else { return nil }
        ownRequests[index].connection = token(of: slot)
        ownRequests[index].isReused = false
        arm(slot)
        return slot
    }

    /// The addresses of an endpoint have come: what waited for them goes out.
    mutating func resumeOwnRequests(table: UInt32, endpoint: UInt32) {
        for index in 0..<ownRequests.slotsEnd
        where ownRequests.isOccupied(index) && ownRequests[index].table == table
            && ownRequests[index].endpoint == endpoint && !isAlive(ownRequests[index].connection)
        {
            dial(own: index)
        }
    }

    /// The connection is there: the request goes out.
    mutating func ownConnected(_ slot: UInt32) {
        let index = connections[slot].exchange
        if ownRequests[index].isCounted, !ownRequests[index].isReused {
            count(.connects, ofUpstream: slot)
        }
        connections[slot].enter(.exchanging, now: now)
        arm(slot)
        let message = ownRequests[index].message
        // SAFETY: the stream reads the bytes during the call only. A connection without anything under way has
        // room for a head.
        let transfer = unsafe message.withUnsafeBytes { bytes in
            unsafe connections[slot].stream.write(bytes)
        }
        guard transfer == .moved(byteCount: message.count) else {
            return ownEnded(slot, isEnd: false)
        }
        if connections[slot].flags.contains(.readable) { enqueue(slot) }
    }

    /// One address did not work out, or the connection is gone that was to be used again: the next one.
    mutating func ownNotConnected(_ slot: UInt32, _ fault: ExchangeFault) {
        let index = connections[slot].exchange
        ownRequests[index].dialFault = fault
        if ownRequests[index].isCounted, !ownRequests[index].isReused {
            count(.failedConnects, ofUpstream: slot)
        }
        close(slot)
        ownRequests[index].connection = .none
        dial(own: index)
    }
}

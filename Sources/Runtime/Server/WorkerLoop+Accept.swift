import Glibc

extension WorkerLoop {
    /// Begins to accept on a listener. It is kept even if that fails, so that a reload finds it.
    mutating func open(_ listener: WorkerListener) throws(SystemError) {
        guard let socket = listener.socket else {
            throw SystemError(.listen, EBADF)
        }
        listeners.append(
            ListenerState(
                id: listener.id, socket: socket, configPort: listener.configPort,
                tls: listener.tls, acceptsProxyProtocol: listener.acceptsProxyProtocol))
        try poller.addInput(
            socket.socket.descriptor, data: EventSource.listener(id: listener.id).eventData)
    }

    /// Stops to accept on the listeners that `isWanted` does not name. Who waits in their queues is
    /// accepted first: the kernel would reset them.
    mutating func closeListeners(except isWanted: (UInt32) -> Bool) {
        settleNewcomer()
        for id in listeners.map(\.id) where !isWanted(id) {
            acceptClients(
                onListener: id, countMax: Int(ListeningSocket.backlogMax), mayWait: false)
            guard let place = listeners.firstIndex(where: { $0.id == id }) else { continue }
            poller.remove(listeners[place].socket.socket.descriptor)
            listeners.remove(at: place)
        }
    }

    /// Accepts the clients that wait on a listener, up to a bound for one turn. Where there is no room,
    /// clients that ask for nothing are closed, and if there are none the new ones turned away.
    ///
    /// - Parameter mayWait: Whether one for whom there is no room may wait for one of another worker to go.
    mutating func acceptClients(
        onListener id: UInt32, countMax: Int = Limits.acceptsPerTurnMax, mayWait: Bool = true
    ) {
        guard let place = listeners.firstIndex(where: { $0.id == id }) else { return }
        for _ in 0..<countMax {
            guard placeWait.due == nil else { return }
            switch listeners[place].socket.socket.accept() {
            case .client(let descriptor, let address):
                openClient(
                    Socket(adopting: descriptor), from: address, onListener: place,
                    mayWait: mayWait)
            case .wouldBlock: return
            case .outOfDescriptors:
                if evictOne() { continue }
                guard refuseOne(onListener: place) else { return }
            case .failed: continue
            }
        }
    }

    private mutating func hasSlot() -> Bool { !connections.isFull || evictOne() }

    /// Counts one more client, if there may be one more.
    mutating func hasRoom() -> Bool {
        if register.enter(bounds) { return true }
        for _ in 0..<Limits.evictionsPerClientMax where evictOne() {
            if register.enter(bounds) { return true }
        }
        return false
    }

    private mutating func openClient(
        _ socket: consuming Socket, from address: SocketAddress, onListener place: Int,
        mayWait: Bool
    ) {
        let announces = listeners[place].acceptsProxyProtocol
        guard !announces || mayAnnounce(address) else {
            return logRefusedHeader(address, .notTrusted)
        }
        let isCounted = bounds.countPerClientMax > 0 && !announces
        // First of all, so that nobody has to go for a client that may not come.
        if isCounted, !register.enter(address.address, countMax: bounds.countPerClientMax) {
            logPressure("connections.refused", .tooManyOfOneClient)
            return turnAway(
                socket, .tooManyRequests, .tooManyOfOneClient,
                isEncrypted: listeners[place].tls != nil)
        }
        let client = Newcomer(
            socket: socket, address: address, listener: listeners[place].id, isCounted: isCounted)
        guard hasSlot() else { return refuse(client, onListener: place) }
        if hasRoom() { return serve(client, onListener: place) }
        guard mayWait else { return refuse(client, onListener: place) }
        if let refused = keepWaiting(client) { refuse(refused, onListener: place) }
    }

    /// Turns away a client for whom there is no room.
    mutating func refuse(_ client: consuming Newcomer, onListener place: Int) {
        logPressure("connections.exhausted", .noRoom)
        if client.isCounted { register.leave(client.address.address) }
        turnAway(
            client.socket, .serviceUnavailable, .noRoom, isEncrypted: listeners[place].tls != nil)
    }

    /// Begins to serve a client that was counted among all.
    mutating func serve(_ client: consuming Newcomer, onListener place: Int) {
        let address = client.address
        let isCounted = client.isCounted
        let stream: Stream
        var stage: Connection.Stage
        if let tls = listeners[place].tls {
            stream = Stream(client.socket, awaiting: tls)
            stage = .handshaking
        } else {
            stream = Stream(client.socket)
            stage = .awaitingRequest
        }
        if listeners[place].acceptsProxyProtocol { stage = .announcing }
        var connection = Connection(
            stream: stream, side: .client, stage: stage, table: .max,
            origin: UInt32(listeners[place].configPort), peer: address, now: now)
        if isCounted { connection.flags.insert(.isCounted) }
        guard let slot = insert(connection) else {
            if isCounted { register.leave(address.address) }
            return register.leave()
        }
        clientCount += 1
        metrics.count(.clientsAccepted)
        metrics.count(.clientsOpen)
        arm(slot)
    }

    /// Puts a connection into the slab and has the kernel report on it.
    ///
    /// - Returns: Its slot, or nil if the kernel has no room for it; it is closed then.
    mutating func insert(_ connection: consuming Connection) -> UInt32? {
        let descriptor = connection.stream.descriptor
        let watchesOutput = connection.flags.contains(.watchesOutput)
        let (slot, generation) = connections.insert(connection)
        let token = ConnectionToken(slot: slot, generation: generation)
        do throws(SystemError) {
            try poller.add(descriptor, data: token.eventData, output: watchesOutput)
            if connections[slot].side == .upstream { register.openedUpstream() }
            return slot
        } catch {
            _ = connections.remove(slot)
            return nil
        }
    }
}

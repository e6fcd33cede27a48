internal import CLinux

/// Turns of the loop: what has happened is served, and what is due is done.
extension WorkerLoop {
    /// Serves until it has drained or was stopped.
    mutating func run() {
        while !isDone() {
            turn()
        }
        control.post(.finished(workerIndex: index))
    }

    private mutating func isDone() -> Bool {
        isStopped || (drainDeadline != nil && clientCount == 0)
    }

    /// One turn: wait, serve what happened, then what is due.
    private mutating func turn() {
        let sleep = sleepMilliseconds()
        // The work of the last turn is no standstill.
        let before = Clock.monotonicMicroseconds() / 1_000
        let count = poller.wait(milliseconds: sleep)
        feed.beginTurn()
        nowMicroseconds = Clock.monotonicMicroseconds()
        now = nowMicroseconds / 1_000
        if now >= dateDue { updateDate() }
        if count > 0, logs.hasAccessLog { logTime.update(to: LogTime.nowMilliseconds()) }
        for index in 0..<count {
            fetchAhead(index, count)
            handle(poller.event(at: index))
        }
        continueReady()
        continueNewcomer()
        let isFull = count == Limits.eventsPerTurnMax
        if pace.mayExpire(before: before, sleep: sleep, now: now, isFull: isFull) { fireTimers() }
        admitTLSHandshakes()
        trimMemory()
        runProbes()
        if !inquiries.isEmpty { answerInquiries() }
        if let deadline = drainDeadline, now >= deadline { endDrain() }
        flushLines()
    }

    /// Gives back what a burst of handshakes and upgrades has left, once it is over.
    private mutating func trimMemory() {
        guard memoryTrim.takeTurn(now: now) else { return }
        blocks.trim()
        clinux_trim_memory()
    }

    /// Once a second at most, and not while nothing happens.
    private mutating func updateDate() {
        let (seconds, milliseconds) = LogTime.divide(LogTime.nowMilliseconds(), by: 1_000)
        writer.date = HTTPDate(seconds: seconds)
        dateDue = now + 1_000 - UInt64(milliseconds)
    }

    private mutating func sleepMilliseconds() -> UInt64? {
        if !ready.isEmpty || !inquiries.isEmpty { return 0 }
        var sleep = timers.sleepMilliseconds(from: now)
        sleep = sooner(sleep, nextProbe)
        sleep = sooner(sleep, handshakes.due)
        sleep = sooner(sleep, memoryTrim.due)
        sleep = sooner(sleep, placeWait.due)
        sleep = sooner(sleep, drainDeadline)
        return sleep
    }

    /// Has the memory fetched that the next events will look at, each link of the chain while another
    /// event is handled: with thousands of connections none of it is in the cache.
    private mutating func fetchAhead(_ index: Int, _ count: Int) {
        if index + 3 < count { connections.fetch(token(ofEvent: index + 3).slot) }
        if index + 2 < count, let exchange = exchange(ofEvent: index + 2) {
            exchanges.fetch(exchange)
        }
        if index + 1 < count, let exchange = exchange(ofEvent: index + 1) {
            let client = exchanges[exchange].client.slot
            let slot = token(ofEvent: index + 1).slot
            connections.fetch(client == slot ? exchanges[exchange].upstream.slot : client)
        }
    }

    private mutating func token(ofEvent index: Int) -> ConnectionToken {
        ConnectionToken(eventData: poller.event(at: index).data)
    }

    private mutating func exchange(ofEvent index: Int) -> UInt32? {
        let token = token(ofEvent: index)
        guard isAlive(token) else { return nil }
        let exchange = connections[token.slot].exchange
        return exchanges.isOccupied(exchange) ? exchange : nil
    }

    private mutating func sooner(_ sleep: UInt64?, _ due: MonotonicMilliseconds?) -> UInt64? {
        guard let due else { return sleep }
        let left = due > now ? due - now : 0
        return min(sleep ?? left, left)
    }

    private mutating func handle(_ event: Poller.Event) {
        let token = ConnectionToken(eventData: event.data)
        guard token.generation != 0 else { return handleSource(EventSource(token)) }
        guard connections.generation(of: token.slot) == token.generation else { return }
        if event.isEnd { connections[token.slot].flags.insert(.endSeen) }
        if event.isReadable { connections[token.slot].flags.insert(.readable) }
        if event.isBroken, isLost(token.slot, isReset: event.isReset) {
            return connectionBroke(token.slot)
        }
        if event.isWritable {
            becomeWritable(token.slot)
            guard isAlive(token) else { return }
        }
        if event.isReadable { becomeReadable(token.slot) }
    }

    /// Whether a break leaves nothing to be read: a client in the middle of an exchange has left, and a
    /// side of a tunnel whose end was read has nothing more to say. What the client of a tunnel sent before
    /// it left is still passed on, but a reset is not kept waiting behind an upstream that takes nothing.
    private mutating func isLost(_ slot: UInt32, isReset: Bool) -> Bool {
        guard !connections[slot].flags.contains(.isOwnRequest) else { return false }
        guard connections[slot].stage == .exchanging else { return false }
        if connections[slot].flags.contains(.ended) { return true }
        guard connections[slot].side == .client else { return false }
        let index = connections[slot].exchange
        guard exchanges[index].state.isTunnel else { return true }
        // A client that is owed a Close frame outlives its upstream.
        let upstream = exchanges[index].upstream
        return isReset && isAlive(upstream) && !connections[upstream.slot].outgoing.isEmpty
    }

    private mutating func handleSource(_ source: EventSource) {
        switch source {
        case .mailbox: readMailbox()
        case .listener(let id): acceptClients(onListener: id)
        }
    }

    /// Continues the connections that asked for it, once each; those that ask again wait for the next turn.
    private mutating func continueReady() {
        guard !ready.isEmpty else { return }
        swap(&ready, &readyBatch)
        for token in readyBatch where isAlive(token) {
            connections[token.slot].flags.remove(.isQueued)
            becomeReadable(token.slot)
        }
        readyBatch.removeAll(keepingCapacity: true)
    }

    mutating func becomeReadable(_ slot: UInt32) {
        switch connections[slot].side {
        case .client: clientReadable(slot)
        case .upstream: upstreamReadable(slot)
        }
    }

    private mutating func becomeWritable(_ slot: UInt32) {
        switch connections[slot].stage {
        case .connecting: finishConnecting(slot)
        case .handshaking: continueHandshake(slot)
        case .announcing, .awaitingRequest, .proxying, .exchanging, .suspended, .pooled,
            .lingering:
            if !connections[slot].outgoing.isEmpty, connections[slot].stage != .proxying {
                flush(slot)
            }
        }
    }
}

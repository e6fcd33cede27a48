import RouteTable

/// What happens when a client's socket has something to say.
extension WorkerLoop {
    mutating func clientReadable(_ slot: UInt32) {
        switch connections[slot].stage {
        case .announcing: readProxyHeader(slot)
        case .handshaking: continueHandshake(slot)
        case .awaitingRequest: readRequest(slot)
        case .exchanging: continueExchange(ofClient: slot)
        case .suspended: noteEndWhileSuspended(slot)
        case .lingering: discardInput(slot)
        case .connecting, .proxying, .pooled:
            preconditionFailure("a client in a stage of upstreams")
        }
    }

    /// Reads what there is of a request head and begins the request if that is all of it.
    mutating func readRequest(_ slot: UInt32) {
        // The next request waits until the answer to the last one is gone.
        guard connections[slot].outgoing.isEmpty else { return }
        if !connections[slot].incoming.isEmpty, connections[slot].progress == 0 {
            return parseHeld(slot)
        }
        // An unfinished head is smaller than what the parser allows, so a read fits behind it.
        let held = recall(slot, byteCountMax: .max)
        var end = held
        if connections[slot].flags.contains(.readable) {
            let reading = read(slot, at: held)
            end += reading.byteCount
            switch reading.status {
            case .drained, .full: break
            case .end: return clientLeft(slot)
            case .broken: return close(slot)
            }
        }
        if end > 0 { parseRequest(slot, held: held, end: end) }
    }

    /// A client that asks for nothing more has ended its side.
    private mutating func clientLeft(_ slot: UInt32) {
        // An end that was announced is answered in kind (RFC 8446, 6.1).
        if connections[slot].stream.isEncrypted { connections[slot].stream.finishWriting() }
        close(slot)
    }

    /// What was held back behind the last request is parsed before anything more is read: it may be
    /// many requests, and there may be no room for a read behind them.
    private mutating func parseHeld(_ slot: UInt32) {
        let held = connections[slot].incoming.count
        // Most heads are small: copying all that is held for each of many would be quadratic.
        var end = recall(slot, byteCountMax: Limits.heldWindowBytes)
        var outcome = parseHead(slot, end: end)
        if case .incomplete = outcome, end < held {
            connections[slot].progress = 0
            end = recall(slot, byteCountMax: .max)
            outcome = parseHead(slot, end: end)
        }
        switch outcome {
        case .incomplete: awaitMoreOfHead(slot)
        case .refused(let fault):
            forgetHead(slot)
            refuseHead(slot, fault, receivedByteCount: end)
        case .unserved(let head, let fault):
            forgetHead(slot)
            refuse(slot, head, end: head.byteCount, fault)
        case .complete(let head):
            connections[slot].progress = 0
            connections[slot].incoming.drop(head.byteCount, to: &blocks)
            beginRequest(slot, head, end: head.byteCount)
        }
    }

    private mutating func parseHead(_ slot: UInt32, end: Int) -> RequestHeadParser.Outcome {
        var resume = Int(connections[slot].progress)
        requestStartMicroseconds = resume == 0 ? nowMicroseconds : headStartMicroseconds(slot)
        let limits = tables[currentTable].headLimits
        // SAFETY: nothing is read into the buffer while the span is in use.
        let received = unsafe piece(0..<end)
        let bytes = unsafe RawSpan(_unsafeBytes: received)
        let outcome = RequestHeadParser.parse(
            bytes, limits: limits, fields: &fields, resume: &resume)
        connections[slot].progress = UInt32(resume)
        return outcome
    }

    /// When the head began of which something has come in an earlier turn; or, if that had to wait for the answer
    /// to the request before, when that wait was over.
    mutating func headStartMicroseconds(_ slot: UInt32) -> UInt64 {
        connections[slot].stageSince * 1_000
    }

    private mutating func awaitMoreOfHead(_ slot: UInt32) {
        arm(slot)
        if connections[slot].flags.contains(.readable) { enqueue(slot) }
    }

    private mutating func parseRequest(_ slot: UInt32, held: Int, end: Int) {
        switch parseHead(slot, end: end) {
        case .incomplete:
            if held == 0 { connections[slot].enter(.awaitingRequest, now: now) }
            precondition(hold(slot, held..<end), "a head that the parser allows fits its block")
            awaitMoreOfHead(slot)
        case .refused(let fault):
            forgetHead(slot)
            refuseHead(slot, fault, receivedByteCount: end)
        case .unserved(let head, let fault):
            forgetHead(slot)
            refuse(slot, head, end: end, fault)
        case .complete(let head):
            forgetHead(slot)
            beginRequest(slot, head, end: end)
        }
    }

    /// Answers a request that is understood and not served, and closes.
    private mutating func refuse(
        _ slot: UInt32, _ head: RequestHead, end: Int, _ fault: HeadFault
    ) {
        connections[slot].flags.insert(.servedBefore)
        requestTable = currentTable
        guards.begin()
        var last = head
        // What follows such a head is not looked at: it may be content, or the bytes of a tunnel.
        last.flags.remove(.keepAlive)
        answerHere(slot, last, end: end, .unserved(fault))
    }

    private mutating func forgetHead(_ slot: UInt32) {
        connections[slot].incoming.clear(to: &blocks)
        connections[slot].progress = 0
    }

    /// More content of the request, or the end of the client.
    private mutating func continueExchange(ofClient slot: UInt32) {
        let index = connections[slot].exchange
        if exchanges[index].state.isTunnel { return relay(from: slot) }
        guard exchanges[index].state.expectsRequestContent else {
            // What comes now is the next request, to be read when this one has ended; unless it is the
            // end of the client, who wants no answer any more.
            if connections[slot].flags.contains(.endSeen) { clientGone(slot, isEnd: true) }
            return
        }
        readRequestContent(slot, index)
    }

    private mutating func readRequestContent(_ slot: UInt32, _ index: UInt32) {
        if !connections[slot].incoming.isEmpty, !exchanges[index].requestContent.awaitsTrailer {
            // Content that came before there was anybody to take it.
            guard canTakeMore(exchanges[index].upstream) else { return }
            let client = token(of: slot)
            let held = recall(slot, byteCountMax: .max)
            connections[slot].incoming.clear(to: &blocks)
            takeRequestContent(index, 0..<held, sendsHead: false)
            guard isAlive(client), isExchange(index, of: client),
                exchanges[index].state.expectsRequestContent
            else { return }
        }
        for _ in 0..<Limits.readsPerTurnMax {
            guard canTakeMore(exchanges[index].upstream) else {
                if connections[slot].flags.contains(.endSeen), !isAlive(exchanges[index].upstream) {
                    clientGone(slot, isEnd: true)
                }
                return
            }
            let held =
                exchanges[index].requestContent.awaitsTrailer
                ? recall(slot, byteCountMax: .max) : 0
            let reading = read(slot, at: held)
            if reading.byteCount > 0 {
                let client = token(of: slot)
                if held > 0 { connections[slot].incoming.clear(to: &blocks) }
                takeRequestContent(index, 0..<held + reading.byteCount, sendsHead: false)
                guard isAlive(client), isExchange(index, of: client),
                    exchanges[index].state.expectsRequestContent
                else { return }
                measureFlow(slot, reading.byteCount, to: exchanges[index].upstream)
            }
            switch reading.status {
            case .drained: return
            case .full: continue
            case .end, .broken: return clientGone(slot, isEnd: reading.status == .end)
            }
        }
        enqueue(slot)
    }

    /// Whether `index` is still the exchange that `client` is part of.
    mutating func isExchange(_ index: UInt32, of client: ConnectionToken) -> Bool {
        exchanges.isOccupied(index) && exchanges[index].client == client
    }

    /// Whether a side can be given more bytes, so that its source may be read.
    mutating func canTakeMore(_ side: ConnectionToken) -> Bool {
        isAlive(side) && connections[side.slot].outgoing.isEmpty
            && connections[side.slot].stage == .exchanging
    }
}

/// How exchanges end.
extension WorkerLoop {
    /// Does what ``ExchangeState`` has decided about a fault.
    mutating func perform(
        _ action: ExchangeState.FaultAction, on index: UInt32, fault: ExchangeFault
    ) {
        switch action {
        case .retry: retryOnFreshConnection(index)
        case .answer(let status):
            closeUpstream(index)
            if fault.side == .upstream { noteFailure(index, fault) }
            answerFault(index, status, fault)
        case .cut: cut(index, fault)
        case .finish(let ending): finishUntilClose(index, ending)
        case .ignore: return
        }
    }

    /// The upstream's connection ended, or broke.
    ///
    /// - Parameter failure: What TLS says of it.
    mutating func upstreamGone(_ slot: UInt32, isEnd: Bool, _ failure: TLSFailure? = nil) {
        let index = connections[slot].exchange
        let state = exchanges[index].state
        if state.isTunnel {
            if isEnd { return sideEnded(slot) }
            if tunnelBroke(index, .upstream, failure) { return }
        }
        var fault: ExchangeFault =
            switch (state.awaitsHead, isEnd) {
            case _ where state.isTunnel: .upstreamResetWhileOpen
            case (true, true): .upstreamClosedBeforeHead
            case (true, false): .upstreamResetBeforeHead
            case (false, true): .upstreamClosedInContent
            case (false, false): .upstreamReset
            }
        fault = fault.specified(by: failure)
        if case .alert? = failure, isHandshakeLate(index) {
            logHandshakeFailed(slot, reason: failure?.reason ?? fault.reason)
            fault = .upstreamTLSFailed
        }
        if tryAgainAfterLoss(index, fault) { return }
        if exchanges[index].flags.contains(.sawAnswer), handOver(index, fault) { return }
        if state.isOnReusedConnection, !exchanges[index].flags.contains(.sawAnswer) {
            // It was idle for too long, which says nothing about the backend.
            exchanges[index].flags.insert(.failureNoted)
        }
        let action = exchanges[index].state.upstreamClosed(
            isEnd: isEnd, endsContent: exchanges[index].answerEndsWithClose,
            sawBytes: exchanges[index].flags.contains(.sawAnswer))
        closeUpstream(index)
        perform(action, on: index, fault: fault)
    }

    /// Whether an alert of the upstream can still be about its handshake: in TLS 1.3 what it has against our
    /// certificate comes when our part is over (RFC 8446, 4.4.2.4).
    private mutating func isHandshakeLate(_ index: UInt32) -> Bool {
        !exchanges[index].state.isOnReusedConnection && exchanges[index].state.awaitsHead
            && !exchanges[index].flags.contains(.sawAnswer)
    }

    /// The client's connection ended, or broke.
    mutating func clientGone(_ slot: UInt32, isEnd: Bool) {
        let index = connections[slot].exchange
        if exchanges[index].state.isTunnel {
            if isEnd { return sideEnded(slot) }
            if tunnelBroke(index, .client) { return }
        }
        let action = exchanges[index].state.clientClosed(isEnd: isEnd)
        perform(action, on: index, fault: isEnd ? .clientClosed : .clientReset)
    }

    /// Ends an exchange whose answer was delivered.
    mutating func finish(_ index: UInt32, _ ending: ExchangeState.Ending) {
        log(index)
        let client = exchanges[index].client
        let upstream = exchanges[index].upstream
        if isAlive(upstream) {
            if ending.upstreamPersists, isClean(upstream.slot) {
                putIntoPool(upstream.slot)
            } else {
                close(upstream.slot)
            }
        }
        release(index)
        guard isAlive(client) else { return }
        if ending.clientPersists, drainDeadline == nil {
            awaitNextRequest(client.slot)
        } else {
            closeAfterAnswer(client.slot)
        }
    }

    /// The answer lasted until the upstream closed: the client is told where it ends.
    private mutating func finishUntilClose(_ index: UInt32, _ ending: ExchangeState.Ending) {
        guard exchanges[index].flags.contains(.chunksToClient) else { return finish(index, ending) }
        let framed = scratch.frame(0..<0, isLast: true)
        let client = exchanges[index].client.slot
        // SAFETY: nothing is read into the scratch buffer before the bytes are sent or copied.
        let sending = unsafe send(client, piece(framed), piece(0..<0))
        exchanges[index].sentBytes += UInt64(framed.count)
        var ending = ending
        if sending == .broken { ending.clientPersists = false }
        finish(index, ending)
    }

    /// Nothing is waiting in either direction and the peer has not announced its end.
    mutating func isClean(_ slot: UInt32) -> Bool {
        connections[slot].outgoing.isEmpty && connections[slot].incoming.isEmpty
            && connections[slot].stage == .exchanging
            && connections[slot].flags.isDisjoint(with: [
                .readable, .endSeen, .ended, .writeFailed,
            ])
    }

    private mutating func awaitNextRequest(_ slot: UInt32) {
        connections[slot].enter(.awaitingRequest, now: now)
        connections[slot].exchange = .max
        arm(slot)
        if connections[slot].hasMoreInput, connections[slot].outgoing.isEmpty { enqueue(slot) }
    }

    /// Ends an exchange whose answer can't be completed: both connections are closed. Where the close
    /// alone would look like the end of the answer, the client's is reset.
    mutating func cut(_ index: UInt32, _ fault: ExchangeFault) {
        exchanges[index].fault = fault
        log(index)
        let client = exchanges[index].client
        let looksComplete = exchanges[index].looksComplete(afterCutBy: fault)
        let hadAnswer = exchanges[index].status != 0
        closeUpstream(index)
        release(index)
        guard isAlive(client) else { return }
        if looksComplete { return reset(client.slot) }
        let saidEnd = fault == .clientClosed && connections[client.slot].stream.isEncrypted
        guard saidEnd, !hadAnswer, connections[client.slot].outgoing.isEmpty else {
            return close(client.slot)
        }
        // Its close_notify, which may still have to be read, is answered (RFC 8446, 6.1).
        closeAfterAnswer(client.slot)
    }

    /// Closes the upstream's connection of an exchange, if there is one. A tunnel's is reset when the
    /// client's was: the upstream shall know that the stream was cut.
    mutating func closeUpstream(_ index: UInt32) {
        let upstream = exchanges[index].upstream
        exchanges[index].upstream = .none
        closeRivals(index)
        guard isAlive(upstream) else { return }
        noteAddress(index, connections[upstream.slot].peer)
        if exchanges[index].fault == .clientReset {
            reset(upstream.slot)
        } else {
            close(upstream.slot)
        }
    }

    /// Forgets an exchange, and its table if it was the last one that used it.
    mutating func release(_ index: UInt32) {
        leaveEndpoint(index)
        givePlaceBack(index)
        if exchanges[index].keeper != .max { dropKeeper(index) }
        if exchanges[index].session != .max {
            var session = sessions.remove(exchanges[index].session)
            let end = session.end
            metrics.countClose(of: exchanges[index].metricSlot, by: end.by, code: end.code)
            session.reason.clear(to: &blocks)
        }
        var exchange = exchanges.remove(index)
        exchange.record.release(to: &blocks)
        tables[exchange.table].exchangeCount -= 1
        releaseTableIfUnused(exchange.table)
    }
}

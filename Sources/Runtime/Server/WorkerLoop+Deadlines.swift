import RouteTable

/// What each connection may wait for, and what happens when it has waited long enough.
///
/// A connection has one timer. It is never set later than what is due, and may fire early: then what is
/// due is computed anew. So moving bytes costs no timer at all, only the note of when they moved.
extension WorkerLoop {
    /// Makes sure that the connection's timer fires when something of it is due.
    mutating func arm(_ slot: UInt32) {
        guard let deadline = deadline(of: slot) else { return }
        timers.fireBy(slot, deadline: deadline)
    }

    mutating func fireTimers() {
        timers.advance(to: now, expired: &expired)
        for slot in expired where connections.isOccupied(slot) {
            guard let deadline = deadline(of: slot) else { continue }
            if deadline > now { timers.set(slot, deadline: deadline) } else { expire(slot) }
        }
        expired.removeAll(keepingCapacity: true)
    }

    /// When the connection will have waited long enough; nil if it may wait for ever.
    mutating func deadline(of slot: UInt32) -> MonotonicMilliseconds? {
        connections[slot].side == .client ? clientDeadline(slot) : upstreamDeadline(slot)
    }

    private mutating func clientDeadline(_ slot: UInt32) -> MonotonicMilliseconds? {
        let since = connections[slot].stageSince
        if !connections[slot].outgoing.isEmpty {
            let deadline = connections[slot].lastWritten + writeMilliseconds(ofClient: slot)
            return min(deadline, tunnelDeadline(ofClient: slot) ?? deadline)
        }
        switch connections[slot].stage {
        case .announcing: return since + timeouts.headerMilliseconds
        case .handshaking:
            return since + min(Limits.tlsHandshakeMilliseconds, timeouts.headerMilliseconds)
        case .awaitingRequest:
            let isIdle =
                connections[slot].incoming.isEmpty
                && connections[slot].flags.contains(.servedBefore)
            return since + (isIdle ? timeouts.idleMilliseconds : timeouts.headerMilliseconds)
        case .exchanging: return exchangingClientDeadline(slot)
        case .suspended: return suspended[connections[slot].exchange].deadline
        case .lingering: return since + Limits.lingerMilliseconds
        case .connecting, .proxying, .pooled:
            preconditionFailure("a client in a stage of upstreams")
        }
    }

    /// What is due of the tunnel that a client is part of.
    private mutating func tunnelDeadline(ofClient slot: UInt32) -> MonotonicMilliseconds? {
        guard let session = session(ofClient: slot) else { return nil }
        let endDue = exchanges[connections[slot].exchange].endDue
        let deadline = min(sessions[session].deadline(now: now) ?? .max, endDue)
        return deadline == .max ? nil : deadline
    }

    private mutating func session(ofClient slot: UInt32) -> UInt32? {
        guard connections[slot].stage == .exchanging else { return nil }
        let index = connections[slot].exchange
        return exchanges[index].session == .max ? nil : exchanges[index].session
    }

    private mutating func writeMilliseconds(ofClient slot: UInt32) -> UInt64 {
        guard let session = session(ofClient: slot) else { return timeouts.writeMilliseconds }
        let own = UInt64(sessions[session].policy.clientWriteTimeoutMilliseconds)
        return own == 0 ? timeouts.writeMilliseconds : own
    }

    private mutating func exchangingClientDeadline(_ slot: UInt32) -> MonotonicMilliseconds? {
        let index = connections[slot].exchange
        if exchanges[index].session != .max { return tunnelDeadline(ofClient: slot) }
        if exchanges[index].flags.contains(.awaitsAddresses) {
            return exchanges[index].attempts.dialDeadline
        }
        if exchanges[index].flags.contains(.awaitsBackoff) {
            return exchanges[index].attempts.attemptDue
        }
        let streamDeadline = streamDeadline(slot)
        guard owesContent(slot) else { return streamDeadline }
        let deadline = min(
            connections[slot].lastActivity + timeouts.readMilliseconds, streamDeadline ?? .max)
        // Once an answer has begun the two may converse at any pace.
        guard exchanges[index].state.awaitsHead else { return deadline }
        return min(deadline, connections[slot].stageSince + timeouts.contentWindowMilliseconds)
    }

    /// Whether the client could send content, and nobody else is waited for.
    private mutating func owesContent(_ slot: UInt32) -> Bool {
        let index = connections[slot].exchange
        return expectsContent(index)
            && canTakeMore(exchanges[index].upstream) && !exchanges[index].state.isTunnel
    }

    /// Whether the client is to send content, and does not wait to be asked for it.
    private mutating func expectsContent(_ index: UInt32) -> Bool {
        exchanges[index].state.expectsRequestContent
            && !exchanges[index].flags.contains(.awaitsContinue)
    }

    /// Begins another window if the client has sent enough in the last one.
    ///
    /// - Returns: Whether it has, or is not due at all.
    private mutating func keepsRate(_ slot: UInt32) -> Bool {
        guard owesContent(slot), now < connections[slot].lastActivity + timeouts.readMilliseconds,
            exchanges[connections[slot].exchange].receivedBytes
                >= exchanges[connections[slot].exchange].ratedBytes + Limits.contentWindowBytesMin
        else { return false }
        beginContentWindow(slot)
        arm(slot)
        return true
    }

    /// What the client sends from now on counts for its rate.
    mutating func beginContentWindow(_ slot: UInt32) {
        let index = connections[slot].exchange
        connections[slot].stageSince = now
        exchanges[index].ratedBytes = exchanges[index].receivedBytes
    }

    private mutating func upstreamDeadline(_ slot: UInt32) -> MonotonicMilliseconds? {
        let since = connections[slot].stageSince
        if connections[slot].flags.contains(.isOwnRequest) {
            return ownRequests[connections[slot].exchange].deadline
        }
        if connections[slot].flags.contains(.isSpareDial) { return spareDialDeadline(slot) }
        switch connections[slot].stage {
        case .connecting, .proxying, .handshaking: return dialAttemptDeadline(slot)
        case .exchanging: return exchangingUpstreamDeadline(slot)
        case .pooled: return pooledDeadline(slot)
        case .lingering: return since + Limits.lingerMilliseconds
        case .announcing, .awaitingRequest, .suspended:
            preconditionFailure("an upstream in a stage of clients")
        }
    }

    /// The time that is left for dialling is shared by the addresses that are left.
    private mutating func dialAttemptDeadline(_ slot: UInt32) -> MonotonicMilliseconds {
        let index = connections[slot].exchange
        let since = connections[slot].stageSince
        let deadline = exchanges[index].attempts.dialDeadline
        if exchanges[index].upstream.slot == slot, mayRace(index) {
            return min(deadline, since + Limits.connectionAttemptDelayMilliseconds)
        }
        let endpoint = Int(exchanges[index].endpoint)
        let addressCount = tables[exchanges[index].table].endpoints[endpoint].addresses.count
        let left = UInt64(max(0, addressCount - Int(exchanges[index].addressIndex))) + 1
        let time = deadline > since ? deadline - since : 0
        var share = max(time / left, Limits.dialMillisecondsMin)
        if left > 1, connections[slot].stage == .connecting {
            share = min(share, Limits.dialMillisecondsIfAwaited)
        }
        return min(deadline, since + share, lateDialDue(slot) ?? .max)
    }

    private mutating func exchangingUpstreamDeadline(_ slot: UInt32) -> MonotonicMilliseconds? {
        let index = connections[slot].exchange
        let table = exchanges[index].table
        let service = service(of: index)
        if exchanges[index].session != .max { return tunnelDeadline(ofUpstream: slot) }
        if !connections[slot].outgoing.isEmpty {
            return connections[slot].lastWritten
                + tables[table].services[service].writeTimeoutMilliseconds
        }
        let client = exchanges[index].client.slot
        let activity = connections[slot].lastActivity
        let state = exchanges[index].state
        // While the client owes content or does not take any, the upstream's silence is not its fault;
        // an event stream may be silent for as long as it likes.
        let isDue =
            state.awaitsHead
            ? !expectsContent(index)
            : connections[client].outgoing.isEmpty
                && !exchanges[index].flags.contains(.isEventStream)
        return isDue
            ? activity + tables[table].services[service].readTimeoutMilliseconds : nil
    }

    private mutating func tunnelDeadline(ofUpstream slot: UInt32) -> MonotonicMilliseconds? {
        let index = connections[slot].exchange
        let session = exchanges[index].session
        let policy = sessions[session].policy
        if !connections[slot].outgoing.isEmpty {
            return connections[slot].lastWritten + UInt64(policy.writeTimeoutMilliseconds)
        }
        // Who closes is waited for by the session.
        guard !sessions[session].isClosing else { return nil }
        let client = exchanges[index].client.slot
        return max(connections[slot].lastActivity, connections[client].lastActivity)
            + UInt64(policy.readTimeoutMilliseconds)
    }

    private mutating func expire(_ slot: UInt32) {
        switch connections[slot].side {
        case .client: expireClient(slot)
        case .upstream: expireUpstream(slot)
        }
    }

    private mutating func expireClient(_ slot: UInt32) {
        let isWriting = !connections[slot].outgoing.isEmpty
        switch connections[slot].stage {
        case .announcing: refuseProxyHeader(slot, .late)
        case .handshaking, .lingering: close(slot)
        case .awaitingRequest:
            if isWriting { return reset(slot) }
            if !connections[slot].incoming.isEmpty { return refuseSlowHead(slot) }
            if connections[slot].stream.isEncrypted { connections[slot].stream.finishWriting() }
            close(slot)
        case .exchanging:
            let index = connections[slot].exchange
            let stuck = connections[slot].lastWritten + writeMilliseconds(ofClient: slot)
            if isWriting, now >= stuck { return cut(index, .clientDoesNotRead) }
            if exchanges[index].session != .max { return expireTunnel(index) }
            if exchanges[index].flags.contains(.awaitsAddresses) {
                exchanges[index].flags.remove(.awaitsAddresses)
                exchanges[index].fault = located(.upstreamUnresolved, ofExchange: index)
                return dialFailed(index, timedOut: true)
            }
            if exchanges[index].flags.contains(.awaitsBackoff) { return attemptNow(index) }
            if exchanges[index].isStream, continueStream(slot) { return }
            if keepsRate(slot) { return }
            perform(
                exchanges[index].state.clientFailed(.requestTimeout), on: index,
                fault: .clientTooSlow)
        case .suspended: guardTookTooLong(slot)
        case .connecting, .proxying, .pooled:
            preconditionFailure("a client in a stage of upstreams")
        }
    }

    /// What a connection to an upstream was waiting for when the time for it was over.
    mutating func dialTimeout(_ slot: UInt32) -> ExchangeFault {
        switch connections[slot].stage {
        case .proxying: .proxyTimeout
        case .handshaking: .upstreamTLSTimeout
        default: .upstreamDialTimeout
        }
    }

    private mutating func expireUpstream(_ slot: UInt32) {
        if connections[slot].flags.contains(.isOwnRequest) { return expireOwnRequest(slot) }
        if connections[slot].flags.contains(.isSpareDial) {
            return dialAttemptFailed(slot, fault: .upstreamDialTimeout)
        }
        switch connections[slot].stage {
        case .connecting, .proxying, .handshaking: expireDial(slot)
        case .pooled, .lingering: close(slot)
        case .exchanging:
            let index = connections[slot].exchange
            let isWriting = !connections[slot].outgoing.isEmpty
            if !isWriting, exchanges[index].state.isTunnel {
                return closeWebSocket(
                    index, .goingAway, CloseReason("silent for too long"), fault: .tunnelIdle)
            }
            let fault: ExchangeFault = isWriting ? .upstreamDoesNotRead : .upstreamTimedOut
            if handOver(index, fault) { return }
            perform(exchanges[index].state.upstreamTimedOut(), on: index, fault: fault)
        case .announcing, .awaitingRequest, .suspended:
            preconditionFailure("an upstream in a stage of clients")
        }
    }

    /// An attempt to connect has had its start before the next one, or all of its time.
    private mutating func expireDial(_ slot: UInt32) {
        let index = connections[slot].exchange
        if now < exchanges[index].attempts.dialDeadline {
            if exchanges[index].upstream.slot == slot, mayRace(index) { return race(index) }
            if let due = lateDialDue(slot), now >= due { return dialIsLate(slot) }
        }
        dialAttemptFailed(slot, fault: dialTimeout(slot))
    }
}

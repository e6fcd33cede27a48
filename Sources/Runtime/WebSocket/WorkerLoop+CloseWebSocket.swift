/// How upgraded connections end for a reason of ours: Close frames, their answers, the end.
extension WorkerLoop {
    /// Tells both sides to close: with a Close frame at the next boundary of frames of each direction,
    /// then, when both have answered or had the time to, the connections end.
    ///
    /// Nothing happens if the exchange is no WebSocket or is closing already. The exchange may be gone when
    /// this returns.
    ///
    /// - Parameters:
    ///   - index: Of the exchange.
    ///   - code: Is valid on the wire.
    ///   - messageWait: Which messages in fragments that have begun may end first.
    ///   - fault: What the access log says.
    mutating func closeWebSocket(
        _ index: UInt32, _ code: CloseCode, _ reason: CloseReason,
        waitingFor messageWait: MessageWait = .neither, fault: ExchangeFault
    ) {
        guard exchanges[index].state.isTunnel else { return }
        let session = exchanges[index].session
        guard
            sessions[session].close(
                client: code, upstream: code, waitingFor: messageWait, now: now)
        else { return }
        exchanges[index].fault = fault
        keepReason(reason, of: session)
        sayFarewell(index)
        if isOpen(index, session) { hurryFarewell(index) }
    }

    /// Before a drain cuts what is left, Close frames go out at least where a frame ends.
    private mutating func hurryFarewell(_ index: UInt32) {
        guard let deadline = drainDeadline else { return }
        let due = deadline - min(deadline, Limits.closeBeforeCutMilliseconds)
        sessions[exchanges[index].session].hurry(until: due, now: now)
        arm(exchanges[index].client.slot)
    }

    private mutating func keepReason(_ reason: CloseReason, of session: UInt32) {
        for position in 0..<reason.count {
            var octet = reason[position]
            // SAFETY: one byte, which lives through the call.
            let isKept = unsafe withUnsafeBytes(of: &octet) { bytes in
                unsafe sessions[session].reason.append(bytes, from: &blocks)
            }
            precondition(isKept, "a reason fits a block")
        }
    }

    /// The frames of a side are not fit to be passed on: both sides are told, each its part.
    mutating func fail(_ fault: FrameFault, by side: Side, of index: UInt32) {
        let session = exchanges[index].session
        guard sessions[session].fail(fault, by: side, now: now) else {
            return continueClosing(index)
        }
        exchanges[index].fault = side == .client ? .clientBrokeFrames : .upstreamBrokeFrames
        switch fault {
        case .frameTooBig: metrics.count(.limitFrameSize)
        case .messageTooBig: metrics.count(.limitMessageSize)
        case .tooManyMessages: metrics.count(.limitMessageRate)
        default: break
        }
        keepReason(CloseReason(fault.reason), of: session)
        sayFarewell(index)
    }

    /// The upstream is gone without a word: the client is told so.
    mutating func upstreamDied(_ index: UInt32, fault: ExchangeFault) {
        let session = exchanges[index].session
        guard sessions[session].isAtBoundary(to: .client) else { return cut(index, fault) }
        guard sessions[session].close(client: .badGateway, upstream: nil, now: now) else { return }
        exchanges[index].fault = fault
        keepReason(CloseReason("the backend is gone"), of: session)
        sayFarewell(index)
    }

    /// A side's connection broke.
    ///
    /// - Parameter failure: What TLS says of it.
    /// - Returns: Whether that is all there is to do about it.
    mutating func tunnelBroke(
        _ index: UInt32, _ side: Side, _ failure: TLSFailure? = nil
    ) -> Bool {
        let session = exchanges[index].session
        if sessions[session][side].saidClose, !sessions[session].isClosing {
            // The other side has its last word: the connection ends as connections do.
            if side == .upstream { closeUpstream(index) }
            finishTunnel(index)
            return true
        }
        sessions[session].noteBreak(by: side)
        if side == .client {
            guard sessions[session].isClosing else { return false }
            // It has had its Close frame, or could not be told.
            cut(index, exchanges[index].fault)
            return true
        }
        let isClosing = sessions[session].isClosing
        let saidClose = sessions[session].upstream.hasClosed
        guard isClosing || sessions[session].policy.isFramed && !saidClose else { return false }
        closeUpstream(index)
        sessions[session].lost(.upstream)
        // What it had begun to say will not end.
        if isClosing {
            sayFarewell(index)
        } else {
            upstreamDied(index, fault: .upstreamResetWhileOpen.specified(by: failure))
        }
        return true
    }

    /// Sends the Close frames that can go out now.
    mutating func sayFarewell(_ index: UInt32) {
        let session = exchanges[index].session
        // The wait for the answers has an end, whatever becomes of the writes.
        arm(exchanges[index].client.slot)
        for side in [Side.client, Side.upstream] {
            guard sessions[session].mayClose(side),
                case .close? = sessions[session].owes(side)
            else { continue }
            guard sendOwed(to: side, of: index) else { return }
        }
        continueClosing(index)
    }

    /// Sends what goes to a side out of turn. A frame to it has just ended.
    ///
    /// - Returns: False if the side is lost; the exchange may be gone then.
    mutating func sendOwed(to side: Side, of index: UInt32) -> Bool {
        let session = exchanges[index].session
        let target = connection(side, of: index)
        let owed = sessions[session].owes(side)
        guard isAlive(target) else {
            sessions[session].lost(side)
            return true
        }
        let key =
            side == .upstream ? UInt32(truncatingIfNeeded: random.next()) : nil
        let activity = connections[target.slot].lastActivity
        writer.clear()
        switch owed {
        case .ping:
            let ping = sessions[session].beginPing(
                side, now: now, nowMicroseconds: Clock.monotonicMicroseconds())
            writer.appendPing(mark: ping.mark, sequence: ping.sequence, key: key)
            arm(exchanges[index].client.slot)
        case .close(let code):
            // SAFETY: the reason does not change while it is copied.
            let kept = unsafe sessions[session].reason.bytes
            let text = unsafe RawSpan(_unsafeBytes: kept)
            writer.appendClose(code, reason: text, key: key)
            sessions[session].saidClose(to: side, now: now)
        case nil: return true
        }
        if side == .client { exchanges[index].sentBytes &+= UInt64(writer.count) }
        let sending = sendWritten(target.slot)
        // What is sent here is no sign of life of anybody.
        connections[target.slot].lastActivity = activity
        guard sending == .broken else { return true }
        connectionBroke(target.slot)
        return false
    }

    /// Ends each side that has answered, and the tunnel once both have.
    mutating func continueClosing(_ index: UInt32) {
        let session = exchanges[index].session
        if sessions[session].isOver { return finishTunnel(index) }
        for side in [Side.client, Side.upstream] where sessions[session][side].isDone {
            let target = connection(side, of: index)
            if isAlive(target) { finishWriting(target.slot) }
        }
    }

    /// Time has passed for a tunnel.
    mutating func expireTunnel(_ index: UInt32) {
        let session = exchanges[index].session
        let client = exchanges[index].client
        if now >= exchanges[index].endDue {
            endTunnel(index)
            if isAlive(client), connections[client.slot].stage == .exchanging { arm(client.slot) }
            return
        }
        switch sessions[session].due(now: now) {
        case .nothing: break
        case .ping: ping(index)
        case .noPong(let side):
            if !canAnswer(index, side) {
                sessions[session].excusePong(of: side, now: now)
            } else if !isPingOnItsWay(index, to: side) {
                closeWebSocket(
                    index, .goingAway, CloseReason("no answer to a ping"),
                    fault: side == .client ? .clientSilent : .upstreamSilent)
            }
        case .closeTimeUp: endClosing(index)
        }
        if isAlive(client), connections[client.slot].stage == .exchanging { arm(client.slot) }
    }

    /// Whether a pong could have come: the side was read, and is not in the middle of a long frame.
    private mutating func canAnswer(_ index: UInt32, _ side: Side) -> Bool {
        let session = exchanges[index].session
        let other = connection(side.other, of: index)
        let isRead = isAlive(other) && connections[other.slot].outgoing.isEmpty
        let slot = connection(side, of: index).slot
        let moves =
            now < connections[slot].lastActivity
            + UInt64(sessions[session].policy.pongTimeoutMilliseconds)
        return isRead && !(moves && !sessions[session].isAtBoundary(to: side.other))
    }

    /// Whether what waits for a side in the kernel, the ping behind it, still moves.
    private mutating func isPingOnItsWay(_ index: UInt32, to side: Side) -> Bool {
        let target = connection(side, of: index)
        guard isAlive(target) else { return false }
        return sessions[exchanges[index].session].isPingOnItsWay(
            to: side, connections[target.slot].stream.delivery, now: now)
    }

    private mutating func ping(_ index: UInt32) {
        let session = exchanges[index].session
        for side in [Side.client, Side.upstream] {
            let target = connection(side, of: index)
            // Who does not take what waits for it is watched by the write timeout.
            guard isAlive(target), connections[target.slot].outgoing.isEmpty,
                sessions[session].wantsPing(side), sessions[session].isAtBoundary(to: side)
            else { continue }
            guard sendOwed(to: side, of: index) else { return }
        }
    }

    /// The time for answers is up.
    private mutating func endClosing(_ index: UInt32) {
        let session = exchanges[index].session
        guard sessions[session].isFarewellDue else { return finishTunnel(index) }
        // A frame or message that began before must end first; as long as it moves on it may.
        let activity = max(
            connections[exchanges[index].client.slot].lastActivity,
            isAlive(exchanges[index].upstream)
                ? connections[exchanges[index].upstream.slot].lastActivity : 0)
        let isCutSoon = drainDeadline.map { now + Limits.closeBeforeCutMilliseconds >= $0 } ?? false
        if now < activity + Limits.closeEchoMilliseconds, !isCutSoon,
            sessions[session].prolongClosing(now: now)
        {
            return hurryFarewell(index)
        }
        if sessions[session].stopWaitingForMessages(now: now) { return sayFarewell(index) }
        cut(index, exchanges[index].fault)
    }
}

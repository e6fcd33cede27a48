/// The end of the process, and of streams that could go on.
extension WorkerLoop {
    /// No new clients; idle ones are closed; the others when their answer is delivered.
    mutating func beginDrain(_ reason: DrainReason, deadline: MonotonicMilliseconds) {
        drainDeadline = deadline
        closeListeners { _ in false }
        closePooled(table: currentTable)
        stopProbes()
        for slot in 0..<connections.slotsEnd where connections.isOccupied(slot) {
            if hasAskedNothing(slot) {
                if connections[slot].stream.isEncrypted { connections[slot].stream.finishWriting() }
                close(slot)
            }
        }
        spreadEnds(reason, deadline: deadline)
    }

    /// Whether a client has not begun to ask for anything. Half a PROXY header or handshake is no question.
    private mutating func hasAskedNothing(_ slot: UInt32) -> Bool {
        guard connections[slot].side == .client else { return false }
        switch connections[slot].stage {
        case .announcing, .handshaking, .awaitingRequest: break
        case .connecting, .proxying, .exchanging, .suspended, .pooled, .lingering: return false
        }
        // A request may be in the socket already; it gets its answer.
        return !connections[slot].hasMoreInput
            && connections[slot].outgoing.isEmpty
            && !hasUnseenInput(slot)
    }

    /// Whether bytes wait in the socket that were not looked at. Those of half a PROXY header were.
    private mutating func hasUnseenInput(_ slot: UInt32) -> Bool {
        // SAFETY: nothing of the scratch buffer is in use while messages are read.
        let room = unsafe UnsafeMutableRawBufferPointer(
            rebasing: scratch.room[..<ProxyHeader.byteCountMax])
        guard case .moved(let count) = unsafe connections[slot].stream.peek(into: room) else {
            return false
        }
        return connections[slot].stage != .announcing || count > connections[slot].progress
    }

    /// Gives each stream the moment when it ends.
    private mutating func spreadEnds(_ reason: DrainReason, deadline: MonotonicMilliseconds) {
        drainReason = reason
        var count = 0
        for index in 0..<exchanges.slotsEnd where isResumable(index) { count += 1 }
        var schedule = EndSchedule(count: count, from: now, until: deadline)
        for index in 0..<exchanges.slotsEnd where isResumable(index) {
            exchanges[index].endBy(schedule.next(&random), StreamEnd(reason))
            arm(exchanges[index].client.slot)
        }
    }

    private mutating func isResumable(_ index: UInt32) -> Bool {
        exchanges.isOccupied(index) && exchanges[index].isResumable
    }

    /// A stream has begun. Where others are being ended, so is this one.
    mutating func joinEnding(_ index: UInt32) {
        catchUp(index)
        exchanges[index].endBy(exchanges[index].expires.due, .tokenExpired)
        guard let deadline = drainDeadline, exchanges[index].isResumable else { return }
        var schedule = EndSchedule(count: 0, from: now, until: deadline)
        exchanges[index].endBy(schedule.next(&random), StreamEnd(drainReason))
    }

    /// Ends a WebSocket that could go on.
    mutating func endTunnel(_ index: UInt32) {
        let end = exchanges[index].end
        let code = end == .tokenExpired ? exchanges[index].expires.closeCode : end.closeCode
        exchanges[index].forgetEndDue()
        // Who has lost the right to speak is not waited for.
        closeWebSocket(
            index, code, end.closeReason,
            waitingFor: end == .tokenExpired ? .upstream : .both, fault: ExchangeFault(end))
    }

    /// Ends a stream of events at the next place between two of them.
    mutating func endEventsSoon(_ index: UInt32, _ end: StreamEnd) {
        exchanges[index].endBy(now, end)
        arm(exchanges[index].client.slot)
    }

    /// The time for draining is up: what is left is cut, and said so in the log.
    mutating func endDrain() {
        for index in 0..<exchanges.slotsEnd where exchanges.isOccupied(index) {
            cut(index, .drained)
        }
        for slot in 0..<connections.slotsEnd
        where connections.isOccupied(slot) && connections[slot].stage == .suspended {
            abandon(slot, .drained)
        }
        isStopped = true
    }
}

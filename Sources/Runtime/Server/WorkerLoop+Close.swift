extension WorkerLoop {
    /// Closes a connection at once and forgets it. What it was part of must know already.
    mutating func close(_ slot: UInt32) {
        timers.cancel(slot)
        connections[slot].outgoing.clear(to: &blocks)
        connections[slot].incoming.clear(to: &blocks)
        switch connections[slot].side {
        case .client: forgetClient(slot)
        case .upstream: register.closedUpstream()
        }
        if connections[slot].stage == .pooled { unlinkPooled(slot) }
        if connections[slot].stage == .suspended { forgetSuspended(connections[slot].exchange) }
        _ = connections.remove(slot)
    }

    private mutating func forgetClient(_ slot: UInt32) {
        clientCount -= 1
        metrics.discount(.clientsOpen)
        register.leave()
        if connections[slot].stage == .handshaking {
            leaveHandshake(slot)
        } else if connections[slot].stream.isEncrypted {
            memoryTrim.left(now: now, clientCount: clientCount)
        }
        if connections[slot].flags.contains(.isCounted) {
            register.leave(connections[slot].peer.address)
        }
    }

    /// Closes with a reset, so that the peer knows the stream was cut.
    mutating func reset(_ slot: UInt32) {
        connections[slot].stream.resetOnClose()
        close(slot)
    }

    /// Closes a connection after its last byte: as soon as all is written, and in a way that does not
    /// lose the answer to a reset when the client still sends (RFC 9112, 9.6).
    mutating func closeAfterAnswer(_ slot: UInt32) {
        connections[slot].enter(.lingering, now: now)
        connections[slot].incoming.clear(to: &blocks)
        if connections[slot].outgoing.isEmpty {
            linger(slot)
        } else {
            connections[slot].flags.insert(.closesWhenFlushed)
            arm(slot)
        }
    }

    /// All is written: say so, and wait for the client's own end if it may still send.
    mutating func linger(_ slot: UInt32) {
        connections[slot].flags.remove(.closesWhenFlushed)
        let hasEnded = connections[slot].flags.contains(.ended)
        // Who has ended a TLS stream is still told that ours has (RFC 8446, 6.1).
        if !hasEnded || connections[slot].stream.isEncrypted {
            connections[slot].stream.finishWriting()
        }
        if hasEnded { return close(slot) }
        connections[slot].enter(.lingering, now: now)
        arm(slot)
        if connections[slot].flags.contains(.readable) { enqueue(slot) }
    }

    /// Reads and drops what a lingering client sends.
    mutating func discardInput(_ slot: UInt32) {
        guard !connections[slot].flags.contains(.ended) else { return }
        for _ in 0..<Limits.readsPerTurnMax {
            let reading = read(slot, at: 0)
            connections[slot].progress += UInt32(reading.byteCount)
            // A client that goes on for ever never reads its answer: it need not be spared a reset.
            guard connections[slot].progress <= Limits.lingerBytesMax else {
                return close(slot)
            }
            switch reading.status {
            case .drained: return
            case .full: continue
            // What waits for it is still delivered to a client that has only ended its own side.
            case .end where !connections[slot].outgoing.isEmpty: return
            case .end, .broken: return close(slot)
            }
        }
        enqueue(slot)
    }
}

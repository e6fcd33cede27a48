internal import RouteTable

/// TLS handshakes, of either side.
extension WorkerLoop {
    /// Goes on with a handshake. That of a client begins with its first byte, if there is a place.
    mutating func continueHandshake(_ slot: UInt32) {
        if connections[slot].stream.awaitsClient {
            guard connections[slot].flags.contains(.readable) else { return }
            guard mayShakeHands(slot) else { return }
            connections[slot].stream.accept(through: feed)
        }
        let endSeen = connections[slot].flags.contains(.endSeen)
        switch connections[slot].stream.handshake(endSeen: endSeen) {
        case .done: handshakeDone(slot)
        case .wantsRead:
            // What follows announces itself, unless the end has been announced already.
            if !endSeen { connections[slot].flags.remove(.readable) }
        case .wantsWrite: watchOutput(slot)
        case .moved: return
        case .endOfStream, .truncated: handshakeFailed(slot, reason: "closed during the handshake")
        case .failed(let failure): handshakeFailed(slot, reason: failure.reason)
        }
    }

    /// Whether a client that has begun to speak has one of the places for handshakes. If not, it waits.
    private mutating func mayShakeHands(_ slot: UInt32) -> Bool {
        if connections[slot].flags.contains(.awaitsHandshake) { return false }
        // The hash has a key of the process: nobody can choose whom to wait with.
        let group = UInt8(truncatingIfNeeded: connections[slot].peer.address.network.hashValue)
        guard handshakes.enter(token(of: slot), group: group, now: now) else {
            connections[slot].flags.insert(.awaitsHandshake)
            return false
        }
        return true
    }

    /// Gives the places that became free to those who wait.
    mutating func admitTLSHandshakes() {
        while true {
            switch handshakes.next(now: now) {
            case .none: return
            case .evict(let token):
                logPressure("tls.handshake_evicted", .slowHandshake)
                close(token.slot)
            case .admit(let token):
                guard isAlive(token) else {
                    handshakes.leave(token)
                    continue
                }
                connections[token.slot].flags.remove(.awaitsHandshake)
                enqueue(token.slot)
            }
        }
    }

    /// A client's connection is closed before it could speak.
    mutating func leaveHandshake(_ slot: UInt32) {
        guard connections[slot].flags.contains(.awaitsHandshake) else {
            return handshakes.leave(token(of: slot))
        }
        connections[slot].flags.remove(.awaitsHandshake)
        guard handshakes.waiterLeft() else { return }
        for waiter in handshakes.takeWaiting()
        where isAlive(waiter.token)
            && connections[waiter.token.slot].flags.contains(.awaitsHandshake)
        {
            handshakes.wait(waiter)
        }
    }

    private mutating func handshakeDone(_ slot: UInt32) {
        // The last flight may have brought the first bytes of the peer with it.
        connections[slot].flags.insert(.readable)
        switch connections[slot].side {
        case .client:
            // SAFETY: only counted.
            let subjectByteCount = unsafe connections[slot].stream.clientSubject?.count ?? 0
            guard subjectByteCount <= Limits.subjectBytesMax else {
                return handshakeFailed(slot, reason: "the subject of the certificate is too long")
            }
            metrics.count(.clientHandshakes)
            handshakes.leave(token(of: slot))
            memoryTrim.opened(now: now, clientCount: clientCount)
            connections[slot].enter(.awaitingRequest, now: now)
            arm(slot)
            readRequest(slot)
        case .upstream:
            metrics.count(.upstreamHandshakes)
            upstreamSecured(slot)
        }
    }

    private mutating func handshakeFailed(_ slot: UInt32, reason: StaticString) {
        logHandshakeFailed(slot, reason: reason)
        switch connections[slot].side {
        case .client:
            close(slot)
        case .upstream:
            let endpoint = Int(connections[slot].origin)
            tables[connections[slot].table].endpoints[endpoint].resumption?.forget()
            dialAttemptFailed(slot, fault: .upstreamTLSFailed)
        }
    }
}

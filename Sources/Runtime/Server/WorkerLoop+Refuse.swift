/// Clients that can't be taken, and room made by letting others go.
extension WorkerLoop {
    /// Makes room by closing a client that has asked for nothing for a while: between two requests, or
    /// with a head or a handshake that does not come to its end.
    ///
    /// A hand goes round the slots, so that the search costs little however many clients there are. It
    /// searches once in a millisecond, not for each of a flood of new clients.
    ///
    /// - Returns: Whether one was closed.
    mutating func evictOne() -> Bool {
        guard let slot = evictable() else { return false }
        evict(slot)
        return true
    }

    /// A client that may be closed to make room.
    mutating func evictable() -> UInt32? { evictable(.usual) ?? evictable(.pressing) }

    /// Closes a client to make room.
    mutating func evict(_ slot: UInt32) {
        logPressure("connections.evicted", .idleClient)
        close(slot)
    }

    private mutating func evictable(_ need: IdleClient.Need) -> UInt32? {
        guard evictionFailed[Int(need.rawValue)] != now else { return nil }
        let end = connections.slotsEnd
        for _ in 0..<min(Limits.evictionScanMax, end) {
            evictionHand = evictionHand + 1 < end ? evictionHand + 1 : 0
            if isEvictable(evictionHand, need) { return evictionHand }
        }
        evictionFailed[Int(need.rawValue)] = now
        return nil
    }

    private mutating func isEvictable(_ slot: UInt32, _ need: IdleClient.Need) -> Bool {
        guard connections.isOccupied(slot), connections[slot].side == .client,
            connections[slot].outgoing.isEmpty,
            connections[slot].flags.contains(.awaitsHandshake)
                || connections[slot].flags.isDisjoint(with: [.readable, .isQueued])
        else { return false }
        let isSilent =
            connections[slot].stream.awaitsClient
            && !connections[slot].flags.contains(.awaitsHandshake)
            || connections[slot].stage == .awaitingRequest && connections[slot].incoming.isEmpty
                && !connections[slot].flags.contains(.servedBefore)
        let since = connections[slot].stageSince
        let client = IdleClient(
            isSilent: isSilent, waitedMilliseconds: now > since ? now - since : 0)
        guard client.goes(need) else { return false }
        switch connections[slot].stage {
        // What it has sent by now may not have been looked at yet.
        case .announcing, .handshaking, .awaitingRequest:
            return connections[slot].flags.contains(.awaitsHandshake)
                || connections[slot].stream.seemsOpen
        case .lingering: return true
        case .connecting, .proxying, .exchanging, .suspended, .pooled: return false
        }
    }

    /// Turns away the client that waited longest, so that it does not hang in the queue and the loop does
    /// not spin on a listener that stays readable.
    ///
    /// - Returns: Whether there was one.
    mutating func refuseOne(onListener place: Int) -> Bool {
        logPressure("connections.exhausted", .noRoom)
        guard let client = emergency.acceptOne(on: listeners[place].socket.socket) else {
            return false
        }
        turnAway(client, .serviceUnavailable, .noRoom, isEncrypted: listeners[place].tls != nil)
        emergency.renew()
        return true
    }

    /// Tells a client that it can't be taken, and closes. In TLS there is nothing to say before the
    /// handshake, which would cost more than it is worth.
    mutating func turnAway(
        _ client: consuming Socket, _ status: HTTPStatus, _ pressure: Pressure, isEncrypted: Bool
    ) {
        guard !isEncrypted else { return }
        writer.clear()
        ErrorAnswer.write(
            status, reason: pressure.reason, asJSON: false, retryAfterSeconds: 1,
            terms: .unreadable,
            into: &writer)
        // SAFETY: the writer does not change during the call. What the kernel does not take is lost.
        unsafe writer.written.withUnsafeBytes { _ = unsafe client.write($0) }
        client.finishWriting()
        // With unread bytes a close is a reset, which may overtake the answer.
        // SAFETY: nothing of the scratch buffer is in use while clients are accepted.
        _ = unsafe client.read(into: scratch.room)
    }

    /// Why clients are turned away or let go.
    enum Pressure: Int, BitwiseCopyable, CaseIterable {
        case noRoom
        case idleClient
        case tooManyOfOneClient
        case slowHandshake
        case noPort

        var counter: ProxyCounter {
            switch self {
            case .noRoom, .noPort: .limitConnections
            case .idleClient: .limitIdleClosed
            case .tooManyOfOneClient: .limitConnectionsPerClient
            case .slowHandshake: .limitHandshakes
            }
        }

        var reason: StaticString {
            switch self {
            case .noRoom: "too many connections"
            case .noPort: "no local port is left for connections to a backend"
            case .idleClient: "closed to make room for others"
            case .tooManyOfOneClient: "too many connections of one client"
            case .slowHandshake: "too many TLS handshakes at once, and one that takes too long"
            }
        }

        var advice: StaticString {
            switch self {
            case .noRoom, .idleClient, .tooManyOfOneClient:
                "raise limits.max_connections or the limit of open files, or find who asks"
            case .noPort:
                "give the backend more addresses, or widen net.ipv4.ip_local_port_range"
            case .slowHandshake: "find who opens so many connections, or use more workers"
            }
        }
    }
}

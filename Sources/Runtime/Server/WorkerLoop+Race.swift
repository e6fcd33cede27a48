import RouteTable

/// Several addresses of one endpoint are dialled, each a moment after the one before; the first that connects is taken
/// (RFC 8305, 5).
extension WorkerLoop {
    /// Whether another address may be tried beside those that are under way.
    mutating func mayRace(_ index: UInt32) -> Bool {
        let upstream = exchanges[index].upstream
        let endpoint = Int(exchanges[index].endpoint)
        let addressCount = tables[exchanges[index].table].endpoints[endpoint].addresses.count
        return isAlive(upstream) && connections[upstream.slot].stage == .connecting
            && !exchanges[index].attempts.rivals.isFull
            && now < exchanges[index].attempts.dialDeadline
            && Int(exchanges[index].addressIndex)
                < min(addressCount, Limits.addressesPerEndpointMax)
    }

    /// Begins with the next address while those before are still tried (RFC 8305, 5).
    mutating func race(_ index: UInt32) {
        let first = exchanges[index].upstream
        let addresses =
            tables[exchanges[index].table].endpoints[Int(exchanges[index].endpoint)].addresses
        let carried = connections[first.slot].outgoing
        connections[first.slot].outgoing = PendingBytes()
        exchanges[index].attempts.rivals.append(first)
        if openNextAddress(index, addresses, carrying: carried) {
            if isAlive(first) { arm(first.slot) }
            return
        }
        exchanges[index].attempts.rivals.remove(first)
        connections[first.slot].outgoing = carried
        arm(first.slot)
    }

    /// The first attempt that is connected takes the request; the others are closed.
    mutating func settleRace(_ slot: UInt32) {
        let index = connections[slot].exchange
        preferAddress(ofUpstream: slot)
        let latest = exchanges[index].upstream.slot
        if latest != slot {
            connections[slot].outgoing = connections[latest].outgoing
            connections[latest].outgoing = PendingBytes()
            exchanges[index].attempts.rivals.remove(token(of: slot))
            exchanges[index].upstream = token(of: slot)
            close(latest)
        }
        closeRivals(index)
    }

    /// The address of a connection is the first to be dialled from now on.
    private mutating func preferAddress(ofUpstream slot: UInt32) {
        let table = connections[slot].table
        let endpoint = Int(connections[slot].origin)
        guard tables[table].endpoints[endpoint].addresses.count > 1,
            let place = tables[table].endpoints[endpoint].addresses.firstIndex(
                of: connections[slot].peer)
        else { return }
        tables[table].endpoints[endpoint].order.connected(to: place, now: now)
    }

    /// Gives up the attempts to connect beside the latest.
    mutating func closeRivals(_ index: UInt32) {
        while let rival = exchanges[index].attempts.rivals.popLast() {
            if isAlive(rival) { close(rival.slot) }
        }
    }

    /// One of several attempts has failed: the others go on, and the next address is tried at once.
    ///
    /// - Returns: False if there was only one.
    mutating func loseRace(_ slot: UInt32) -> Bool {
        let index = connections[slot].exchange
        if exchanges[index].upstream.slot == slot {
            guard let before = takeRival(index) else { return false }
            connections[before.slot].outgoing = connections[slot].outgoing
            connections[slot].outgoing = PendingBytes()
            exchanges[index].upstream = before
        } else {
            exchanges[index].attempts.rivals.remove(token(of: slot))
        }
        close(slot)
        if mayRace(index) { race(index) } else { arm(exchanges[index].upstream.slot) }
        return true
    }

    /// The latest attempt but one.
    private mutating func takeRival(_ index: UInt32) -> ConnectionToken? {
        while let rival = exchanges[index].attempts.rivals.popLast() {
            if isAlive(rival) { return rival }
        }
        return nil
    }
}

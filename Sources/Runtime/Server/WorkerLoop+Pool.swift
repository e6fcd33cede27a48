import RouteTable

/// The idle connections of each endpoint: a list through the slots, used last in, first out.
extension WorkerLoop {
    /// Takes the connection that was put in last, if there is one.
    mutating func takePooled(table: UInt32, endpoint: UInt32) -> UInt32? {
        while true {
            let slot = tables[table].endpoints[Int(endpoint)].firstPooled
            guard slot != .max else { return nil }
            // Without a hint nothing depends on the moment: its timer closes it.
            let isFresh =
                connections[slot].idleMillisecondsMax == .max || now < pooledDeadline(slot)
            unlinkPooled(slot)
            connections[slot].stage = .exchanging
            connections[slot].progress = 0
            if isFresh { return slot }
            close(slot)
        }
    }

    /// When an idle connection is closed: its peer may close it soon after.
    mutating func pooledDeadline(_ slot: UInt32) -> MonotonicMilliseconds {
        let settings = tables[connections[slot].table].generation.settings
        return connections[slot].stageSince
            + UInt64(
                min(settings.poolIdleTimeoutMilliseconds, connections[slot].idleMillisecondsMax))
    }

    /// Takes in what the head at hand says of how long its connection may be idle.
    mutating func noteKeepAlive(_ slot: UInt32, _ bytes: RawSpan) {
        guard fields.contains(.keepAlive) else {
            connections[slot].idleMillisecondsMax = .max
            return
        }
        connections[slot].idleMillisecondsMax =
            KeepAliveHint(fields, bytes)?.idleMillisecondsMax ?? .max
    }

    /// Keeps a connection for the next request to its endpoint, or closes it if there are enough.
    mutating func putIntoPool(_ slot: UInt32) {
        let table = connections[slot].table
        let endpoint = Int(connections[slot].origin)
        let settings = tables[table].generation.settings
        let isWanted =
            table == currentTable && drainDeadline == nil
            && connections[slot].idleMillisecondsMax > 0
            && tables[table].endpoints[endpoint].pooledCount < Int(settings.idleConnectionsMax)
            && tables[table].endpoints[endpoint].isAt(connections[slot].peer)
        guard isWanted else { return close(slot) }
        connections[slot].enter(.pooled, now: now)
        connections[slot].exchange = .max
        let first = tables[table].endpoints[endpoint].firstPooled
        connections[slot].previousPooled = .max
        connections[slot].nextPooled = first
        if first != .max { connections[first].previousPooled = slot }
        tables[table].endpoints[endpoint].firstPooled = slot
        tables[table].endpoints[endpoint].pooledCount += 1
        arm(slot)
    }

    /// Takes a connection out of its list.
    mutating func unlinkPooled(_ slot: UInt32) {
        let table = connections[slot].table
        let endpoint = Int(connections[slot].origin)
        let next = connections[slot].nextPooled
        let previous = connections[slot].previousPooled
        if next != .max { connections[next].previousPooled = previous }
        if previous != .max {
            connections[previous].nextPooled = next
        } else {
            tables[table].endpoints[endpoint].firstPooled = next
        }
        connections[slot].nextPooled = .max
        connections[slot].previousPooled = .max
        tables[table].endpoints[endpoint].pooledCount -= 1
    }

    /// The name of an endpoint has other addresses now: idle connections to those that it had are closed. Those in use
    /// are, once they are idle.
    mutating func closePooledElsewhere(table: UInt32, endpoint: UInt32) {
        var slot = tables[table].endpoints[Int(endpoint)].firstPooled
        while slot != .max {
            let next = connections[slot].nextPooled
            if !tables[table].endpoints[Int(endpoint)].isAt(connections[slot].peer) {
                close(slot)
            }
            slot = next
        }
    }

    /// Closes all idle connections of a table that is no longer current.
    mutating func closePooled(table: UInt32) {
        for endpoint in tables[table].endpoints.indices {
            closeSpareDial(table: table, endpoint: endpoint)
            while let slot = takePooled(table: table, endpoint: UInt32(endpoint)) {
                close(slot)
            }
        }
    }
}

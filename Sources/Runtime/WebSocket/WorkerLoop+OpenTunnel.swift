import RouteTable

/// How an upgraded connection begins.
extension WorkerLoop {
    /// The upgrade holds. ``writer`` has the 101 for the client.
    ///
    /// - Parameters:
    ///   - early: What the upstream sent behind its 101, in the scratch buffer.
    ///   - extensions: Those that the 101 agrees on.
    mutating func openTunnel(
        _ index: UInt32, _ slot: UInt32, early: Range<Int>, extensions: AgreedExtensions
    ) {
        let client = exchanges[index].client
        metrics.count(.webSocketsOpened, of: exchanges[index].metricSlot)
        metrics.count(.webSocketsOpen, of: exchanges[index].metricSlot)
        openSession(index, extensions)
        exchanges[index].record.shrink(pool: &blocks)
        memoryTrim.opened(now: now, clientCount: clientCount)
        let byteCount = UInt64(writer.count)
        if sendWritten(client.slot) == .broken { return clientGone(client.slot, isEnd: false) }
        exchanges[index].sentBytes += byteCount
        if !early.isEmpty {
            exchanges[index].sentBytes += UInt64(early.count)
            passFrames(index, from: .upstream, early, messageSizes(of: index, .upstream))
            guard isTunnel(index, of: client) else { return }
        }
        // What the client sent behind its handshake was held back until now.
        if !connections[client.slot].incoming.isEmpty {
            let held = recall(client.slot, byteCountMax: .max)
            connections[client.slot].incoming.clear(to: &blocks)
            exchanges[index].receivedBytes += UInt64(held)
            passFrames(index, from: .client, 0..<held, messageSizes(of: index, .client))
            guard isTunnel(index, of: client) else { return }
        }
        joinEnding(index)
        arm(client.slot)
        if isAlive(exchanges[index].upstream) { arm(exchanges[index].upstream.slot) }
        if connections[client.slot].flags.contains(.readable) { enqueue(client.slot) }
    }

    private mutating func openSession(_ index: UInt32, _ extensions: AgreedExtensions) {
        let policy = tables[exchanges[index].table].tunnelPolicy(
            of: service(of: index), by: exchanges[index].attempts.webSocketPolicy)
        let interval = UInt64(policy.pingIntervalMilliseconds)
        let delay = interval == 0 ? 0 : interval / 2 + random.next(below: interval / 2 + 1)
        let session = WebSocketSession(
            policy, allowsCompression: extensions.contains(.compression),
            allowsReservedBits: extensions.contains(.others), mark: random.next(),
            pingDelay: delay, now: now)
        exchanges[index].session = sessions.insert(session).slot
    }
}

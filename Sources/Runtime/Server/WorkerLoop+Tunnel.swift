/// Upgraded connections: bytes pass unread.
extension WorkerLoop {
    /// The upgrade holds. ``writer`` has the 101 for the client.
    ///
    /// - Parameter early: What the upstream sent behind its 101, in the scratch buffer.
    mutating func openTunnel(_ index: UInt32, _ slot: UInt32, early: Range<Int>) {
        let client = exchanges[index].client.slot
        exchanges[index].record.shrink(pool: &blocks)
        let byteCount = UInt64(writer.count + early.count)
        if sendWritten(client, then: early) == .broken { return clientGone(client, isEnd: false) }
        exchanges[index].sentBytes += byteCount
        // What the client sent behind its handshake was held back until now.
        if !connections[client].incoming.isEmpty {
            let held = connections[client].incoming.count
            // SAFETY: the held bytes do not change while they are sent: the two slots differ.
            let sending = unsafe send(slot, connections[client].incoming.bytes, piece(0..<0))
            connections[client].incoming.clear(to: &blocks)
            exchanges[index].receivedBytes += UInt64(held)
            if sending == .broken { return upstreamGone(slot, isEnd: false) }
        }
        joinEnding(index)
        arm(client)
        arm(slot)
        if connections[client].flags.contains(.readable) { enqueue(client) }
    }

    /// Moves what one side has sent to the other.
    mutating func relay(from slot: UInt32) {
        let index = connections[slot].exchange
        let isClient = connections[slot].side == .client
        let other = isClient ? exchanges[index].upstream : exchanges[index].client
        for _ in 0..<Limits.readsPerTurnMax {
            guard connections[other.slot].outgoing.isEmpty else { return }
            if connections[slot].flags.contains(.ended) { return }
            let reading = read(slot, at: 0)
            if reading.byteCount > 0 {
                if isClient {
                    exchanges[index].receivedBytes &+= UInt64(reading.byteCount)
                } else {
                    exchanges[index].sentBytes &+= UInt64(reading.byteCount)
                }
                // SAFETY: nothing is read into the buffer before the bytes are sent or copied.
                let sending = unsafe send(other.slot, piece(0..<reading.byteCount), piece(0..<0))
                if sending == .broken { return connectionBroke(other.slot) }
            }
            switch reading.status {
            case .drained: return
            case .full: continue
            case .end: return sideEnded(slot)
            case .broken: return connectionBroke(slot)
            }
        }
        enqueue(slot)
    }

    /// One side of a tunnel will send nothing more: the other is told, once it has everything.
    mutating func sideEnded(_ slot: UInt32) {
        let index = connections[slot].exchange
        let isClient = connections[slot].side == .client
        let other = isClient ? exchanges[index].upstream.slot : exchanges[index].client.slot
        guard !connections[other].flags.contains(.ended) else {
            return finishTunnel(index)
        }
        if connections[other].outgoing.isEmpty {
            connections[other].stream.finishWriting()
        } else {
            connections[other].flags.insert(.finishesWhenFlushed)
        }
    }

    /// Both sides have ended: what waits is still delivered.
    private mutating func finishTunnel(_ index: UInt32) {
        let client = exchanges[index].client.slot
        let upstream = exchanges[index].upstream.slot
        exchanges[index].state.tunnelEnded()
        log(index)
        release(index)
        closeAfterAnswer(client)
        closeAfterAnswer(upstream)
    }
}

/// How an upgraded connection ends: what one side has said is delivered, and its end passed on.
extension WorkerLoop {
    /// One side of a tunnel will send nothing more: the other is told, once it has everything.
    mutating func sideEnded(_ slot: UInt32) {
        let index = connections[slot].exchange
        let side = Side(connections[slot].side)
        let session = exchanges[index].session
        let saidClose = sessions[session][side].hasClosed
        sessions[session].ended(side)
        if sessions[session].isClosing { return sayFarewell(index) }
        let other = connection(side.other, of: index).slot
        let isLast = connections[other].flags.contains(.ended)
        if side == .upstream, sessions[session].policy.isFramed, !saidClose {
            guard isLast, !sessions[session].client.saidClose else {
                return upstreamDied(index, fault: .upstreamClosedWithoutClose)
            }
            // The client went without a word, and its backend only follows.
            exchanges[index].fault = .clientClosed
        }
        guard !isLast else { return finishTunnel(index) }
        if side == .upstream, !saidClose, sessions[session].isWithinFrame(from: .upstream) {
            // An orderly end would look as if there were no more of the frame.
            return cut(index, .upstreamClosedWithoutClose)
        }
        finishWriting(other)
        // Nothing of ours goes there behind the end either.
        sessions[session].takesNoMore(side.other)
    }

    /// Both sides have ended: what waits is still delivered.
    mutating func finishTunnel(_ index: UInt32) {
        let client = exchanges[index].client
        let upstream = exchanges[index].upstream
        exchanges[index].state.tunnelEnded()
        log(index)
        release(index)
        closeAfterAnswer(client.slot)
        if isAlive(upstream) { closeAfterAnswer(upstream.slot) }
    }

    /// Says to a side that nothing more comes, behind what waits for it.
    mutating func finishWriting(_ slot: UInt32) {
        guard !connections[slot].flags.contains(.saidEnd) else { return }
        connections[slot].flags.insert(.saidEnd)
        if connections[slot].outgoing.isEmpty {
            connections[slot].stream.finishWriting()
        } else {
            connections[slot].flags.insert(.finishesWhenFlushed)
        }
    }

    /// Whether a backend that ends its connection does so because its client has, and nothing of what it has said
    /// can be cut off. Hardly anybody sends a close_notify then.
    mutating func onlyFollows(_ index: UInt32, _ side: Side) -> Bool {
        let client = exchanges[index].client
        return side == .upstream && isAlive(client)
            && connections[client.slot].flags.contains(.ended)
            && !sessions[exchanges[index].session].isWithinFrame(from: .upstream)
    }

    /// A write to one side of a tunnel has failed: what that side had said before is still read and passed
    /// on, such as the Close frame of one that did not like what it got.
    ///
    /// - Returns: False if it is no tunnel, or nothing is left to read.
    mutating func hasLastWords(_ slot: UInt32) -> Bool {
        guard connections[slot].stage == .exchanging,
            exchanges[connections[slot].exchange].state.isTunnel,
            connections[slot].flags.isDisjoint(with: [.ended, .writeFailed])
        else { return false }
        let index = connections[slot].exchange
        // A client that has left is not kept until an upstream that reads nothing goes on.
        if connections[slot].side == .client, !mayRead(index, .client) { return false }
        connections[slot].outgoing.clear(to: &blocks)
        connections[slot].flags.formUnion([.writeFailed, .readable])
        sessions[exchanges[index].session].takesNoMore(Side(connections[slot].side))
        enqueue(slot)
        return true
    }
}

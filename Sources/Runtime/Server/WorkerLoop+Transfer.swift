extension WorkerLoop {
    enum Sending: Equatable, BitwiseCopyable {
        /// The kernel has taken everything.
        case sent
        /// Some of it waits; the source should not be read until it is gone.
        case queued
        /// The connection is broken.
        case broken
    }

    /// Reads from a connection into the scratch buffer.
    ///
    /// - Parameter offset: Where in the buffer; what is in front of it is kept.
    mutating func read(_ slot: UInt32, at offset: Int) -> Stream.Reading {
        let isBulk =
            connections[slot].flags.contains(.isBulk)
            && offset + Limits.bulkReadBytes <= scratch.capacity
        let end = offset + (isBulk ? Limits.bulkReadBytes : readBytesMax)
        precondition(end <= scratch.capacity, "no room for a read")
        // SAFETY: the range lies inside the buffer.
        let room = unsafe UnsafeMutableRawBufferPointer(rebasing: scratch.room[offset..<end])
        let endSeen = connections[slot].flags.contains(.endSeen)
        let reading = unsafe connections[slot].stream.read(into: room, endSeen: endSeen)
        if reading.byteCount > 0 { connections[slot].lastActivity = now }
        switch reading.status {
        case .drained: connections[slot].flags.remove(.readable)
        case .full: connections[slot].flags.insert(.readable)
        case .end, .broken:
            connections[slot].flags.insert(.ended)
            connections[slot].flags.remove(.readable)
        }
        return reading
    }

    /// Copies what a connection holds to the start of the scratch buffer.
    ///
    /// - Parameter byteCountMax: Copies no more than this from the front.
    /// - Returns: Number of bytes.
    mutating func recall(_ slot: UInt32, byteCountMax: Int) -> Int {
        let held = min(connections[slot].incoming.count, byteCountMax)
        guard held > 0 else { return 0 }
        precondition(held <= scratch.capacity, "more is held than a head and a read")
        // SAFETY: checked above; the bytes are the connection's until it changes.
        unsafe scratch.room.copyMemory(
            from: UnsafeRawBufferPointer(rebasing: connections[slot].incoming.bytes[..<held]))
        return held
    }

    /// Keeps bytes of the scratch buffer with the connection for later.
    ///
    /// - Returns: Whether they fit; they always do while only heads and one read behind them are kept.
    mutating func hold(_ slot: UInt32, _ range: Range<Int>) -> Bool {
        // SAFETY: copied before anything is read.
        let bytes = unsafe scratch.piece(range)
        return unsafe connections[slot].incoming.append(bytes, from: &blocks)
    }

    /// A piece of the scratch buffer. Valid until the next read.
    @unsafe
    mutating func piece(_ range: Range<Int>) -> UnsafeRawBufferPointer {
        // SAFETY: the scratch buffer checks the range; callers use the bytes before the next read.
        unsafe scratch.piece(range)
    }

    /// Sends bytes in order: at once what the kernel takes, the rest when it can.
    mutating func send(
        _ slot: UInt32, _ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer
    ) -> Sending {
        let total = first.count + second.count
        guard total > 0 else { return connections[slot].outgoing.isEmpty ? .sent : .queued }
        let isOpen =
            switch connections[slot].stage {
            case .connecting, .proxying, .handshaking: false
            case .announcing, .awaitingRequest, .exchanging, .suspended, .pooled, .lingering: true
            }
        // SAFETY: the bytes are the caller's until this returns; what is not taken is copied.
        guard isOpen, connections[slot].outgoing.isEmpty else {
            return unsafe queue(slot, first, second)
        }
        let transfer =
            second.count == 0
            ? unsafe connections[slot].stream.write(first)
            : first.count == 0
                ? unsafe connections[slot].stream.write(second)
                : unsafe connections[slot].stream.write(first, second)
        switch transfer {
        case .moved(let byteCount) where byteCount == total:
            connections[slot].lastActivity = now
            return .sent
        case .moved(let byteCount):
            connections[slot].lastActivity = now
            let ofFirst = min(byteCount, first.count)
            // SAFETY: no more is dropped than was there.
            return unsafe queue(
                slot, UnsafeRawBufferPointer(rebasing: first[ofFirst...]),
                UnsafeRawBufferPointer(rebasing: second[(byteCount - ofFirst)...]))
        case .wouldBlock: return unsafe queue(slot, first, second)
        case .endOfStream, .broken: return .broken
        }
    }

    /// Sends what ``writer`` holds, and then a piece of the scratch buffer.
    mutating func sendWritten(_ slot: UInt32, then range: Range<Int> = 0..<0) -> Sending {
        if !range.isEmpty, range.count <= joinedBytesMax(slot) {
            // SAFETY: the bytes are copied before anything is read.
            unsafe writer.append(RawSpan(_unsafeBytes: piece(range)))
            precondition(!writer.isOverflowed, "a head and a small piece fit the writer")
            return sendWritten(slot)
        }
        // SAFETY: the writer is not changed and nothing is read until the call returns.
        let head = unsafe writer.written.withUnsafeBytes { unsafe $0 }
        return unsafe send(slot, head, piece(range))
    }

    /// How much is rather copied behind a head than sent as a second piece: the kernel's walk over a list of
    /// pieces costs more than a small copy, and a second record of TLS much more.
    private mutating func joinedBytesMax(_ slot: UInt32) -> Int {
        connections[slot].stream.isEncrypted
            ? Limits.joinedBytesEncryptedMax : Limits.joinedBytesMax
    }

    private mutating func queue(
        _ slot: UInt32, _ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer
    ) -> Sending {
        // SAFETY: the bytes are copied before the call returns.
        let fits = unsafe connections[slot].outgoing.append(first, from: &blocks)
        guard fits, unsafe connections[slot].outgoing.append(second, from: &blocks) else {
            return .broken
        }
        connections[slot].lastWritten = now
        watchOutput(slot)
        arm(slot)
        return .queued
    }

    /// Has the kernel report when a connection takes bytes again.
    mutating func watchOutput(_ slot: UInt32) {
        guard !connections[slot].flags.contains(.watchesOutput) else { return }
        connections[slot].flags.insert(.watchesOutput)
        let token = token(of: slot)
        poller.addOutput(connections[slot].stream.descriptor, data: token.eventData)
    }

    /// Writes what waits; when all is gone, does what was to be done then.
    mutating func flush(_ slot: UInt32) {
        // SAFETY: the pending bytes do not change during the write.
        let transfer = unsafe connections[slot].stream.write(connections[slot].outgoing.bytes)
        switch transfer {
        case .moved(let byteCount):
            connections[slot].lastActivity = now
            connections[slot].lastWritten = now
            connections[slot].outgoing.drop(byteCount, to: &blocks)
            if connections[slot].outgoing.isEmpty { return allWritten(slot) }
            watchOutput(slot)
        case .wouldBlock:
            watchOutput(slot)
            arm(slot)
        case .endOfStream, .broken: connectionBroke(slot)
        }
    }

    /// Does what was to be done when nothing waits any more.
    mutating func allWritten(_ slot: UInt32) {
        let flags = connections[slot].flags
        if flags.contains(.closesWhenFlushed) { return linger(slot) }
        if flags.contains(.finishesWhenFlushed) { connections[slot].stream.finishWriting() }
        switch connections[slot].stage {
        case .exchanging:
            arm(slot)
            resumePeer(of: slot)
        case .awaitingRequest:
            let hasMore = connections[slot].hasMoreInput
            if drainDeadline != nil, !hasMore { return closeAfterAnswer(slot) }
            connections[slot].enter(.awaitingRequest, now: now)
            arm(slot)
            if hasMore { enqueue(slot) }
        case .announcing, .connecting, .proxying, .handshaking, .suspended, .pooled, .lingering:
            break
        }
    }

    /// Reads the other side of the exchange again, which was paused for this one.
    private mutating func resumePeer(of slot: UInt32) {
        let exchange = connections[slot].exchange
        let peer =
            connections[slot].side == .client
            ? exchanges[exchange].upstream : exchanges[exchange].client
        guard isAlive(peer) else { return }
        if connections[peer.slot].hasMoreInput { enqueue(peer.slot) }
        // The pause was ours: its time does not count as the peer's silence.
        connections[peer.slot].lastActivity = now
        if connections[peer.slot].side == .client { beginContentWindow(peer.slot) }
        arm(peer.slot)
    }

    /// A write to the upstream failed. Its answer may still be there to be read, such as the 413 of
    /// one that did not want the content.
    mutating func upstreamTakesNoMore(_ slot: UInt32, _ failure: TLSFailure? = nil) {
        let index = connections[slot].exchange
        let canStillRead =
            !exchanges[index].state.isTunnel
            && connections[slot].flags.isDisjoint(with: [.ended, .writeFailed])
        guard canStillRead else { return upstreamGone(slot, isEnd: false, failure) }
        connections[slot].outgoing.clear(to: &blocks)
        connections[slot].flags.formUnion([.writeFailed, .readable])
        exchanges[index].state.abandonRequestContent()
        exchanges[index].requestContent = .none
        arm(slot)
        enqueue(slot)
    }

    /// A read or write found the connection broken.
    ///
    /// - Parameter failure: What TLS says of it.
    mutating func connectionBroke(_ slot: UInt32, _ failure: TLSFailure? = nil) {
        if connections[slot].flags.contains(.isOwnRequest) {
            return connections[slot].stage == .exchanging
                ? ownEnded(slot, isEnd: false)
                : ownNotConnected(slot, located(.upstreamResetBeforeHead, slot))
        }
        if hasLastWords(slot) { return }
        switch (connections[slot].side, connections[slot].stage) {
        case (.client, .exchanging): clientGone(slot, isEnd: false)
        case (.upstream, .exchanging): upstreamTakesNoMore(slot, failure)
        case (.upstream, .connecting), (.upstream, .proxying), (.upstream, .handshaking):
            dialAttemptFailed(slot, fault: .upstreamResetBeforeHead)
        default: close(slot)
        }
    }
}

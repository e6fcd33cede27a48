import RouteTable

/// Upgraded connections: frames pass from one side to the other, and their payload is not looked at.
extension WorkerLoop {
    typealias Side = WebSocketSession.Side

    /// Whether `index` is still the tunnel that `client` is part of.
    mutating func isTunnel(_ index: UInt32, of client: ConnectionToken) -> Bool {
        isAlive(client) && isExchange(index, of: client) && exchanges[index].state.isTunnel
    }

    /// The connection of one side.
    mutating func connection(_ side: Side, of index: UInt32) -> ConnectionToken {
        side == .client ? exchanges[index].client : exchanges[index].upstream
    }

    /// Moves what one side has sent to the other.
    mutating func relay(from slot: UInt32) {
        let index = connections[slot].exchange
        let client = exchanges[index].client
        let side = Side(connections[slot].side)
        for _ in 0..<Limits.readsPerTurnMax {
            guard mayRead(index, side), !connections[slot].flags.contains(.ended) else { return }
            let held = recall(slot, byteCountMax: .max)
            let reading = read(slot, at: held)
            if reading.byteCount > 0 {
                if side == .client {
                    exchanges[index].receivedBytes &+= UInt64(reading.byteCount)
                    metrics.count(
                        .webSocketBytesFromClient, of: exchanges[index].metricSlot,
                        by: UInt64(reading.byteCount))
                } else {
                    exchanges[index].sentBytes &+= UInt64(reading.byteCount)
                    metrics.count(
                        .webSocketBytesFromUpstream, of: exchanges[index].metricSlot,
                        by: UInt64(reading.byteCount))
                }
                if held > 0 { connections[slot].incoming.clear(to: &blocks) }
                let before = sessions[exchanges[index].session].messageCount(of: side)
                passFrames(
                    index, from: side, 0..<held + reading.byteCount,
                    messageSizes(of: index, side))
                guard isTunnel(index, of: client) else { return }
                countMessages(index, side, since: before)
                measureFlow(slot, reading.byteCount, to: connection(side.other, of: index))
            }
            if reading.status == .full { continue }
            // Who takes nothing any more has said all when nothing is left to read.
            if connections[slot].flags.contains(.writeFailed) { return connectionBroke(slot) }
            switch reading.status {
            case .full, .drained: return
            case .end: return sideEnded(slot)
            case .broken where reading.failure == .truncated && onlyFollows(index, side):
                return sideEnded(slot)
            case .broken: return connectionBroke(slot, reading.failure)
            }
        }
        enqueue(slot)
    }

    /// Decides how much the next read of a tunnel's side, or of a content, may bring. Much, if there was more
    /// than one read brings and the other side has taken all of that: so what waits for somebody who reads
    /// slowly is no more than one such read, once. A `buffer_size` below the default forbids it.
    mutating func measureFlow(
        _ slot: UInt32, _ byteCount: Int, to other: ConnectionToken
    ) {
        let isFast =
            byteCount >= Limits.readBytesMax && isAlive(other)
            && connections[other.slot].outgoing.isEmpty
            && !connections[slot].stream.isEncrypted
        if isFast {
            connections[slot].flags.insert(.isBulk)
        } else {
            connections[slot].flags.remove(.isBulk)
        }
    }

    /// Whether there is somebody to take what a side sends, or nobody is to get it.
    mutating func mayRead(_ index: UInt32, _ side: Side) -> Bool {
        let other = connection(side.other, of: index)
        if isAlive(other), connections[other.slot].outgoing.isEmpty { return true }
        return sessions[exchanges[index].session].drops(from: side)
    }

    /// Where the sizes of what a side sends are counted.
    @inline(always)
    mutating func messageSizes(of index: UInt32, _ side: Side) -> MessageSizes {
        metrics.messageSizes(
            side == .client ? .messageSizeFromClient : .messageSizeFromUpstream,
            of: exchanges[index].metricSlot)
    }

    /// Passes on what came of a side's frames.
    ///
    /// - Parameters:
    ///   - range: In the scratch buffer: what was kept from earlier, and what was read.
    ///   - sizes: Where the sizes of that side's messages are counted.
    mutating func passFrames(
        _ index: UInt32, from side: Side, _ range: Range<Int>, _ sizes: MessageSizes
    ) {
        let session = exchanges[index].session
        var passed = range.lowerBound
        var offset = range.lowerBound
        while true {
            let drops = sessions[session].drops(from: side)
            // SAFETY: nothing is read into the buffer while the span is in use.
            let received = unsafe piece(0..<range.upperBound)
            let bytes = unsafe RawSpan(_unsafeBytes: received)
            let action = sessions[session].take(
                bytes, at: &offset, from: side, now: now, nowMicroseconds: nowMicroseconds,
                sizes: sizes)
            let end =
                switch action {
                case .pass: range.upperBound
                case .keep(let start): start
                case .skip(let skipped): skipped.lowerBound
                case .insert(let place), .closed(let place), .fail(let place, _): place
                }
            if !drops, end > passed {
                // One that takes nothing may have last words; then the rest is walked and goes nowhere.
                guard
                    pass(passed..<end, to: side.other, of: index) || isOpen(index, session)
                else { return }
            }
            passed = offset
            switch action {
            case .pass: return
            case .keep: return keep(offset..<range.upperBound, of: side, index)
            case .skip: noteRoundTrip(index, side)
            case .insert:
                guard sendOwed(to: side.other, of: index) || isOpen(index, session) else { return }
                guard sessions[session].isClosing else { continue }
                continueClosing(index)
                guard isOpen(index, session) else { return }
            case .closed:
                if !drops { sessions[session].passedClose(from: side, now: now) }
                guard closesBehind(index, side) else { continue }
                return
            case .fail(_, let fault):
                let wasClosing = sessions[session].isClosing
                fail(fault, by: side, of: index)
                // What is only too much has frames that can be followed: the answer to our Close comes
                // behind them. No limit holds any more.
                guard !fault.isViolation, !wasClosing, isOpen(index, session) else { return }
            }
        }
    }

    /// Whether the exchange is still the one that this session belongs to.
    mutating func isOpen(_ index: UInt32, _ session: UInt32) -> Bool {
        exchanges.isOccupied(index) && exchanges[index].session == session
    }

    private mutating func countMessages(_ index: UInt32, _ side: Side, since before: UInt64) {
        let count = sessions[exchanges[index].session].messageCount(of: side) &- before
        let route = exchanges[index].metricSlot
        if side == .client {
            metrics.count(.messagesFromClient, of: route, by: count)
        } else {
            metrics.count(.messagesFromUpstream, of: route, by: count)
        }
    }

    /// A pong that answers a ping of ours has come.
    private mutating func noteRoundTrip(_ index: UInt32, _ side: Side) {
        let time = UInt64(sessions[exchanges[index].session][side].roundTripMicroseconds)
        metrics.observe(
            side == .client ? .pingTimeOfClient : .pingTimeOfUpstream,
            of: exchanges[index].metricSlot, time)
    }

    /// - Returns: False if the other side is lost; the exchange may be gone then.
    private mutating func pass(_ range: Range<Int>, to side: Side, of index: UInt32) -> Bool {
        let other = connection(side, of: index)
        guard isAlive(other) else { return true }
        // SAFETY: nothing is read into the buffer before the bytes are sent or copied.
        let sending = unsafe send(other.slot, piece(range), piece(0..<0))
        guard sending == .broken else { return true }
        connectionBroke(other.slot)
        return false
    }

    /// Keeps the beginning of a frame until the rest of it comes.
    private mutating func keep(_ range: Range<Int>, of side: Side, _ index: UInt32) {
        let slot = connection(side, of: index).slot
        precondition(hold(slot, range), "a part of a head or of a control frame fits a block")
    }

    /// A side's Close frame has passed, or was the answer to ours.
    ///
    /// - Returns: Whether what follows it is for nobody.
    private mutating func closesBehind(_ index: UInt32, _ side: Side) -> Bool {
        let session = exchanges[index].session
        if sessions[session].isClosing {
            arm(exchanges[index].client.slot)
            continueClosing(index)
            return true
        }
        return sessions[session].drops(from: side)
    }
}

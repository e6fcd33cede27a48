internal import RouteTable

/// Streams of server-sent events on their way to the client.
extension WorkerLoop {
    /// The head of an answer that is a stream of events stands in ``writer``.
    mutating func beginEvents(_ index: UInt32, isCoded: Bool) {
        let policy = eventStreamPolicy(of: exchanges[index])
        exchanges[index].flags.insert(.isEventStream)
        metrics.count(.streamsOpened, of: exchanges[index].metricSlot)
        metrics.count(.streamsOpen, of: exchanges[index].metricSlot)
        exchanges[index].events = EventStreamState(
            heartbeatMilliseconds: policy.heartbeatIntervalMilliseconds, isCoded: isCoded, now: now)
        if policy.durationMillisecondsMax > 0 {
            exchanges[index].endBy(now + UInt64(policy.durationMillisecondsMax), .duration)
        }
        if policy.retryMilliseconds > 0, !isCoded {
            exchanges[index].events.noteInjected()
            appendRetry(index, milliseconds: UInt64(policy.retryMilliseconds))
        }
        joinEnding(index)
        arm(exchanges[index].client.slot)
    }

    /// Looks at a piece of the stream and cuts it to what is passed on.
    ///
    /// - Parameter payload: Where it stands in the scratch buffer.
    /// - Returns: Whether the stream ends behind it.
    mutating func passEvents(_ index: UInt32, _ payload: inout Range<Int>) -> Bool {
        // SAFETY: nothing is read into the buffer while the span is in use.
        let received = unsafe piece(payload)
        let eventCount = exchanges[index].events.eventCount
        let passage = exchanges[index].events.take(unsafe RawSpan(_unsafeBytes: received))
        let route = exchanges[index].metricSlot
        metrics.count(
            .streamEvents, of: route, by: exchanges[index].events.eventCount - eventCount)
        let end = passage.endOffset.map { payload.lowerBound + $0 } ?? payload.upperBound
        payload = payload.lowerBound + passage.droppedByteCount..<end
        if passage.owedMarkByteCount > 0 {
            payload = scratch.putMark(passage.owedMarkByteCount, before: payload)
        }
        metrics.count(.streamBytes, of: route, by: UInt64(payload.count))
        return passage.endOffset != nil
    }

    /// When a stream of the client in `slot` has something to decide; nil if it never will.
    mutating func streamDeadline(_ slot: UInt32) -> MonotonicMilliseconds? {
        let index = connections[slot].exchange
        if exchanges[index].flags.contains(.isEventStream) {
            return exchanges[index].events.deadline(
                endDue: exchanges[index].endDue, idleSince: connections[slot].lastActivity)
        }
        return exchanges[index].endDue == .max ? nil : exchanges[index].endDue
    }

    /// Does what is due in a stream whose client has taken all that it was sent.
    ///
    /// - Returns: Whether nothing else is due at the client.
    mutating func continueStream(_ slot: UInt32) -> Bool {
        let index = connections[slot].exchange
        let client = token(of: slot)
        if exchanges[index].state.isTunnel {
            if now >= exchanges[index].endDue { endTunnel(index) }
        } else if exchanges[index].flags.contains(.isEventStream) {
            let action = exchanges[index].events.timeAction(
                endDue: exchanges[index].endDue, idleSince: connections[slot].lastActivity, now: now
            )
            switch action {
            case .none: break
            case .heartbeat: sendHeartbeat(index)
            case .end(let isBetweenEvents): endEvents(index, isBetweenEvents: isBetweenEvents)
            }
        }
        guard isAlive(client), connections[slot].stage == .exchanging else { return true }
        guard let deadline = deadline(of: slot) else { return true }
        if deadline <= now { return false }
        arm(slot)
        return true
    }

    private mutating func sendHeartbeat(_ index: UInt32) {
        exchanges[index].events.noteInjected()
        writer.clear()
        appendLines(": \n\n", milliseconds: nil, index)
        exchanges[index].sentBytes += UInt64(writer.count)
        let client = exchanges[index].client.slot
        if sendWritten(client) == .broken { clientGone(client, isEnd: false) }
    }

    /// Ends a stream that could go on: the client is told when to come back, if it can be told, and
    /// that the content ends here.
    mutating func endEvents(_ index: UInt32, isBetweenEvents: Bool) {
        exchanges[index].fault = ExchangeFault(exchanges[index].end)
        if exchanges[index].end == .duration { metrics.count(.limitStreamDuration) }
        writer.clear()
        if isBetweenEvents, exchanges[index].end.spreadsReturn {
            appendRetry(index, milliseconds: returnMilliseconds(of: index))
        }
        if exchanges[index].flags.contains(.chunksToClient) {
            writer.append(ChunkFraming.lastChunk)
        }
        exchanges[index].sentBytes += UInt64(writer.count)
        let sending = sendWritten(exchanges[index].client.slot)
        var ending = exchanges[index].state.responseContentEnded()
        ending.upstreamPersists = false
        if sending == .broken { ending.clientPersists = false }
        finish(index, ending)
    }

    /// A random time, around the one that clients of the route wait anyway.
    private mutating func returnMilliseconds(of index: UInt32) -> UInt64 {
        let policy = eventStreamPolicy(of: exchanges[index])
        let usual =
            policy.retryMilliseconds > 0
            ? UInt64(policy.retryMilliseconds) : Limits.eventRetryMilliseconds
        return usual / 2 + random.next(below: usual + 1)
    }

    private mutating func appendRetry(_ index: UInt32, milliseconds: UInt64) {
        appendLines("retry: ", milliseconds: milliseconds, index)
    }

    /// Appends lines of ours to ``writer``, as a chunk where the content is in chunks.
    private mutating func appendLines(
        _ text: StaticString, milliseconds: UInt64?, _ index: UInt32
    ) {
        let isChunked = exchanges[index].flags.contains(.chunksToClient)
        if isChunked {
            var byteCount = UInt64(text.utf8CodeUnitCount)
            if let milliseconds { byteCount += UInt64(Self.digitCount(milliseconds)) + 2 }
            writer.append(hexadecimal: byteCount)
            writer.appendLineEnd()
        }
        writer.append(text)
        if let milliseconds {
            writer.append(decimal: milliseconds)
            writer.append("\n\n")
        }
        if isChunked { writer.appendLineEnd() }
    }

    private static func digitCount(_ number: UInt64) -> Int {
        var digitCount = 1
        var rest = number / 10
        while rest != 0 {
            digitCount += 1
            rest /= 10
        }
        return digitCount
    }
}

import RouteTable

/// What happens when an upstream's socket has something to say.
extension WorkerLoop {
    mutating func upstreamReadable(_ slot: UInt32) {
        switch connections[slot].stage {
        case .connecting: return
        case .proxying: continueProxying(slot)
        case .handshaking: continueHandshake(slot)
        case .exchanging where connections[slot].flags.contains(.isOwnRequest):
            readOwnAnswer(slot)
        case .exchanging: readAnswer(slot)
        case .pooled: checkPooled(slot)
        case .lingering: discardInput(slot)
        case .announcing, .awaitingRequest, .suspended:
            preconditionFailure("an upstream in a stage of clients")
        }
    }

    /// A pooled connection has nothing to say; what comes is its end, or nonsense.
    private mutating func checkPooled(_ slot: UInt32) {
        let reading = read(slot, at: 0)
        if reading.byteCount > 0 || reading.status != .drained { close(slot) }
    }

    private mutating func readAnswer(_ slot: UInt32) {
        let index = connections[slot].exchange
        if exchanges[index].state.isTunnel { return relay(from: slot) }
        let upstream = token(of: slot)
        for _ in 0..<Limits.readsPerTurnMax {
            // What the client does not take is not read: the upstream waits with it.
            guard connections[exchanges[index].client.slot].outgoing.isEmpty else { return }
            let isHeld =
                exchanges[index].state.awaitsHead || exchanges[index].responseContent.awaitsTrailer
            let held = isHeld ? recall(slot, byteCountMax: .max) : 0
            let reading = read(slot, at: held)
            if reading.byteCount > 0 {
                exchanges[index].flags.insert(.sawAnswer)
                if exchanges[index].state.awaitsHead {
                    parseAnswer(index, slot, end: held + reading.byteCount)
                } else {
                    connections[slot].incoming.clear(to: &blocks)
                    takeAnswerContent(index, 0..<held + reading.byteCount, sendsHead: false)
                }
                guard isAlive(upstream), connections[slot].stage == .exchanging else { return }
                if !exchanges[index].state.awaitsHead {
                    measureFlow(slot, reading.byteCount, to: exchanges[index].client)
                }
                if exchanges[index].state.isTunnel {
                    if reading.status != .drained { enqueue(slot) }
                    return
                }
            }
            switch reading.status {
            case .drained: return
            case .full: continue
            case .end, .broken:
                // A write that has failed took the error with it: what looks like an end was none.
                let isEnd =
                    reading.status == .end && !connections[slot].flags.contains(.writeFailed)
                return upstreamGone(slot, isEnd: isEnd, reading.failure)
            }
        }
        enqueue(slot)
    }

    /// Heads stand at the start of the scratch buffer: interim ones, and the final one, if it is there.
    private mutating func parseAnswer(_ index: UInt32, _ slot: UInt32, end: Int) {
        var start = 0
        var resume = Int(connections[slot].progress)
        while true {
            // SAFETY: nothing is read into the buffer while the span is in use.
            let received = unsafe piece(start..<end)
            let bytes = unsafe RawSpan(_unsafeBytes: received)
            let outcome = ResponseHeadParser.parse(
                bytes, method: exchanges[index].method,
                limits: HeadLimits(headByteCountMax: Limits.headBytesMax), fields: &fields,
                resume: &resume)
            switch outcome {
            case .incomplete:
                connections[slot].incoming.clear(to: &blocks)
                connections[slot].progress = UInt32(resume)
                precondition(
                    hold(slot, start..<end), "a head that the parser allows fits its block")
                return
            case .invalid(let headFault):
                let fault = ExchangeFault(answerHead: headFault)
                if handOver(index, fault) { return }
                return perform(
                    exchanges[index].state.upstreamFailed(), on: index,
                    fault: fault)
            case .complete(let head):
                resume = 0
                connections[slot].progress = 0
                guard takeAnswerHead(index, slot, head, start: start, end: end) else {
                    return
                }
                start += head.byteCount
            }
        }
    }

    /// - Returns: Whether another head follows.
    private mutating func takeAnswerHead(
        _ index: UInt32, _ slot: UInt32, _ head: ResponseHead, start: Int, end: Int
    ) -> Bool {
        // SAFETY: nothing is read into the buffer while the span is in use.
        let received = unsafe piece(start..<end)
        let bytes = unsafe RawSpan(_unsafeBytes: received)
        let wantsTunnel = exchanges[index].flags.contains(.wantsTunnel)
        let offer = head.isSwitchingProtocols ? exchanges[index].record.offer : nil
        let holds = offer.map {
            WebSocketHandshake.fault(of: head, fields: fields, bytes: bytes, offer: $0) == nil
        }
        // A handshake that is none is no success of the backend's.
        if !head.isInterim, holds ?? !head.isSwitchingProtocols,
            tryAgainAfterStatus(index, head.status.rawValue)
        {
            return false
        }
        if !head.isInterim, !head.isSwitchingProtocols, settleEventPlace(index, head) {
            return false
        }
        let isPrivate = isLoggedIn(index, bytes)
        let action = exchanges[index].state.responseHead(
            isInterim: head.isInterim, switchesProtocols: head.isSwitchingProtocols,
            handshakeHolds: holds ?? false, wantsTunnel: wantsTunnel,
            upstreamPersists: head.keepAlive && !isPrivate)
        let content = start + head.byteCount..<end
        switch action {
        case .forwardInterim: return passInterimHead(index, head, start: start, end: end)
        case .forward(let clientPersists):
            connections[slot].incoming.clear(to: &blocks)
            beginAnswer(
                index, head, start: start, end: end,
                keepAlive: clientPersists && drainDeadline == nil)
            takeAnswerContent(index, content, sendsHead: true)
        case .openTunnel:
            connections[slot].incoming.clear(to: &blocks)
            writeAnswerHead(index, head, start: start, end: end, keepAlive: true)
            if exchanges[index].flags.contains(.answersBearer) { writeBearer() }
            exchanges[index].status = head.status.rawValue
            exchanges[index].upstreamHeadMicroseconds = nowMicroseconds
            noteAnsweringService(index)
            openTunnel(
                index, slot, early: content,
                extensions: WebSocketHandshake.agreedExtensions(fields, bytes))
        case .answer(let status):
            closeUpstream(index)
            let fault: ExchangeFault =
                if head.isInterim {
                    .upstreamSentTooManyHeads
                } else if wantsTunnel {
                    .upstreamBadHandshake
                } else {
                    .upstreamSwitchedUnasked
                }
            noteFailure(index, fault)
            answerFault(index, status, fault)
        }
        return false
    }

    /// - Returns: Whether the client is still there.
    private mutating func passInterimHead(
        _ index: UInt32, _ head: ResponseHead, start: Int, end: Int
    ) -> Bool {
        writeAnswerHead(index, head, start: start, end: end, keepAlive: true)
        exchanges[index].sentBytes += UInt64(writer.count)
        guard sendWritten(exchanges[index].client.slot) != .broken else {
            clientGone(exchanges[index].client.slot, isEnd: false)
            return false
        }
        if head.status == .continue { noLongerAwaitsContinue(index) }
        return true
    }

    /// Whether the request whose head stands in the scratch buffer logs its connection in, which nobody else may
    /// use then.
    mutating func logsConnectionIn(end: Int) -> Bool {
        // SAFETY: nothing is read into the buffer while the span is in use.
        let received = unsafe piece(0..<end)
        let bytes = unsafe RawSpan(_unsafeBytes: received)
        return ConnectionLogin.isSpoken(in: .authorization, of: fields, bytes)
    }

    /// Whether the upstream's connection belongs to one client now.
    private mutating func isLoggedIn(_ index: UInt32, _ bytes: RawSpan) -> Bool {
        exchanges[index].flags.contains(.logsConnectionIn)
            || ConnectionLogin.isSpoken(in: .wwwAuthenticate, of: fields, bytes)
    }

    /// Writes the head for the client into ``writer`` and prepares for the content, which is to be taken next.
    private mutating func beginAnswer(
        _ index: UInt32, _ head: ResponseHead, start: Int, end: Int, keepAlive: Bool
    ) {
        exchanges[index].status = head.status.rawValue
        exchanges[index].upstreamHeadMicroseconds = nowMicroseconds
        noteAnsweringService(index)
        // SAFETY: nothing is read into the buffer while the span is in use.
        let received = unsafe piece(start..<end)
        noteKeepAlive(
            exchanges[index].upstream.slot, unsafe RawSpan(_unsafeBytes: received))
        beginKeeping(index, head, start: start, end: end)
        if head.flags.contains(.namesFields) { exchanges[index].flags.insert(.dropsAnswerTrailer) }
        let plan = writeAnswerHead(index, head, start: start, end: end, keepAlive: keepAlive)
        if plan.framing == .chunked { exchanges[index].flags.insert(.chunksToClient) }
        if plan.framing == .untilClose { exchanges[index].flags.insert(.closesToClient) }
        if !plan.keepAlive { exchanges[index].state.clientMustClose() }
        exchanges[index].responseContent =
            switch head.framing {
            case .none: .none
            case .length(let byteCount): .length(byteCount)
            case .chunked: .chunked(ChunkedDecoder())
            case .untilClose: .untilClose
            }
        if head.isEventStream, head.framing != .none {
            connections[exchanges[index].upstream.slot].stream.probeSilentPeer()
            beginEvents(index, isCoded: head.flags.contains(.contentCoded))
        }
    }

    /// Writes the head for the client into ``writer``.
    @discardableResult
    private mutating func writeAnswerHead(
        _ index: UInt32, _ head: ResponseHead, start: Int, end: Int, keepAlive: Bool
    ) -> ResponseWriter.Plan {
        // SAFETY: nothing is read into the buffer while the span is in use.
        let received = unsafe piece(start..<end)
        let bytes = unsafe RawSpan(_unsafeBytes: received)
        let isHTTP11 = exchanges[index].flags.contains(.clientIsHTTP11)
        let terms = ClientTerms(
            method: exchanges[index].method, version: isHTTP11 ? .http11 : .http10,
            keepAlive: keepAlive)
        writer.clear()
        guards.spare.clear()
        if exchanges[index].record.hasAnswerChanges {
            let record = exchanges[index].record
            if head.isInterim {
                FieldChanges.dropLate(
                    record.answerChanges, from: &fields, of: bytes, isRequest: false)
            } else {
                FieldChanges.apply(
                    record.answerChanges, to: &fields, of: bytes, isRequest: false,
                    into: &guards.spare)
            }
        }
        let plan = Self.write(
            head, fields: fields, bytes: bytes, terms: terms, adding: guards.spare, into: &writer)
        if !head.isInterim, exchanges[index].flags.contains(.setsAffinity) {
            writeAffinityCookie(index)
        }
        precondition(!writer.isOverflowed, "a head that was parsed fits the writer")
        return plan
    }

    /// Keeps apart what is lent and what is written to.
    private static func write(
        _ head: ResponseHead, fields: borrowing HeaderFields, bytes: RawSpan, terms: ClientTerms,
        adding lines: borrowing ByteWriter, into writer: inout ByteWriter
    ) -> ResponseWriter.Plan {
        ResponseWriter.write(
            head, fields: fields, bytes: bytes, terms: terms, additionalFields: lines.written,
            into: &writer)
    }
}

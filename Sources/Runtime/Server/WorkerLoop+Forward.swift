import RouteTable

/// From a request that may go to a service to an exchange with it.
extension WorkerLoop {
    /// Sends the request to a service.
    mutating func forward(
        _ slot: UInt32, _ head: RequestHead, end: Int, route: RouteIndex?, service: ServiceIndex,
        _ generation: TableGeneration
    ) {
        if let refusal = tables[requestTable].matcher.rewrite(by: route, in: generation.table) {
            return answerHere(slot, head, end: end, Self.unrewritten(refusal))
        }
        guard !exchanges.isFull else {
            return answerHere(
                slot, head, end: end,
                .error(.serviceUnavailable, "too many requests at once", .outOfConnections))
        }
        let admission: WebSocketAdmission
        switch admitWebSocket(slot, head, end: end, route: route, generation) {
        case .admitted(let found): admission = found
        case .refused(let answer): return answerHere(slot, head, end: end, answer)
        }
        let key = answerKey(slot, head, end: end, route: route, service: service, generation)
        let (placement, request) = choose(service, slot, end: end, route: route, generation)
        guard case .taken(let choice) = placement else {
            withdraw(admission)
            return answerHere(
                slot, head, end: end, unplaced(placement, service, head, route, key))
        }
        let takeover = takeover(behind: choice.service, slot, end: end, route: route, generation)
        let client = clientAddress(of: slot, end: end)
        composeTarget(head, endpoint: choice.endpoint)
        let hasLine = drawsLine(of: route)
        writeUpstreamHead(slot, head, end: end, choice, admission, isRecorded: hasLine)
        guard !writer.isOverflowed, !target.isOverflowed, !extraFields.isOverflowed else {
            withdraw(admission)
            giveBack(choice, table: requestTable)
            return answerHere(slot, head, end: end, .tooLargeToForward)
        }
        var exchange = makeExchange(slot, head)
        exchange.route = route
        exchange.metricSlot = metricSlot(of: route, in: generation.table)
        exchange.hostRule = UInt32(tables[requestTable].matcher.hostRuleIndex() ?? 0)
        exchange.clientAddress = client
        exchange.expires = guards.expires
        if logsConnectionIn(end: end) { exchange.flags.insert(.logsConnectionIn) }
        if guards.answersBearer { exchange.flags.insert(.answersBearer) }
        if head.requestProtocol == .sse, let refusal = takeEventPlace(&exchange) {
            giveBack(choice, table: requestTable)
            return answerHere(slot, head, end: end, .tooManyStreams(refusal, route))
        }
        noteAffinity(&exchange, request, choice, takeover, slot, end: end)
        if !hasLine { exchange.flags.insert(.hasNoLine) }
        exchange.take(admission)
        exchange.keeper = makeKeeper(key, head.method)
        exchange.record = makeRecord(head, end: end, admission, hasLine: hasLine)
        exchange.attempts = UpstreamAttempts(
            ServiceSpread(request, at: choice.service), takeover: takeover, service, admission)
        let index = insert(exchange, client: slot)
        enter(index, choice)
        tables[requestTable].services[Int(choice.service)].budget.noteRequest()
        exchanges[index].attempts.ownMicroseconds = UInt32(clamping: elapsedMicroseconds())
        expectMore(slot, of: index)
        connectUpstream(index, pending: head.byteCount..<end)
    }

    /// What a request is answered with whose rewritten path can't be sent.
    private static func unrewritten(_ refusal: RequestRefusal) -> LocalAnswer {
        refusal.isNotFound
            ? .error(.notFound, refusal.reason, .none)
            : .error(.badRequest, refusal.reason, .pathRefused)
    }

    /// What a request is answered with that nobody takes.
    private mutating func unplaced(
        _ placement: Placement, _ service: ServiceIndex, _ head: RequestHead,
        _ route: RouteIndex?, _ key: AnswerKey?
    ) -> LocalAnswer {
        var refusal = ServiceRefusal(service: service, route: route, fault: .upstreamUnavailable)
        if case .full = placement {
            refusal.fault = .upstreamFull
            metrics.count(.limitUpstream)
        } else {
            let slot = tables[requestTable].metricSlots.services[Int(service.rawValue)]
            metrics.count(.unavailable, of: slot)
        }
        let seconds = retryAfterSeconds(service.rawValue, table: requestTable)
        let content: FallbackReply.Content
        if let kept = keptAnswer(key, of: service.rawValue, table: requestTable) {
            content = .lastGood(kept)
        } else if let answer = fallbackAnswer(
            of: service.rawValue, to: head.method, table: requestTable)
        {
            content = .answer(answer, retryAfterSeconds: seconds)
        } else {
            return .unavailable(refusal, retryAfterSeconds: seconds)
        }
        let reply = FallbackReply(content: content, refusal: refusal)
        countFallback(reply.kind, of: service.rawValue, table: requestTable)
        return .fallback(reply)
    }

    /// No event will tell of content that is there already, nor of a client that has ended.
    private mutating func expectMore(_ slot: UInt32, of index: UInt32) {
        let owesContent = exchanges[index].state.expectsRequestContent
        if connections[slot].flags.contains(.endSeen)
            || (owesContent && connections[slot].hasMoreInput)
        {
            enqueue(slot)
        }
    }

    /// Registers an exchange with its client and its table.
    mutating func insert(_ exchange: Exchange, client slot: UInt32) -> UInt32 {
        let index = exchanges.insert(exchange).slot
        tables[requestTable].exchangeCount += 1
        connections[slot].enter(.exchanging, now: now)
        connections[slot].exchange = index
        return index
    }

    mutating func makeExchange(_ slot: UInt32, _ head: RequestHead) -> Exchange {
        var exchange = Exchange(
            state: ExchangeState(
                hasContent: head.framing.hasContent, mayRepeat: head.method.isIdempotent,
                clientPersists: head.keepAlive && drainDeadline == nil),
            requestProtocol: head.requestProtocol, method: head.method,
            requestContent: content(head.framing), client: token(of: slot), table: requestTable,
            startMicroseconds: requestStartMicroseconds)
        exchange.receivedBytes = UInt64(head.byteCount)
        exchange.ratedBytes = exchange.receivedBytes
        if head.version == .http11 { exchange.flags.insert(.clientIsHTTP11) }
        if head.upgrade == .webSocket { exchange.flags.insert(.wantsTunnel) }
        if head.keepAlive { exchange.flags.insert(.clientWantsPersistence) }
        if head.host.isEmpty { exchange.flags.insert(.sendsEndpointHost) }
        if head.acceptsJSON { exchange.flags.insert(.acceptsJSON) }
        if head.flags.contains(.namesFields) { exchange.flags.insert(.dropsRequestTrailer) }
        if head.expectsContinue { exchange.flags.insert(.awaitsContinue) }
        return exchange
    }

    private mutating func content(_ framing: RequestFraming) -> Exchange.Content {
        switch framing {
        case .none, .length(0): .none
        case .length(let byteCount): .length(byteCount)
        case .chunked:
            .chunked(ChunkedDecoder(byteCountMax: tables[requestTable].headLimits.bodyByteCountMax))
        }
    }

    /// Keeps the upstream's head, the texts for the log and the handshake's offer.
    private mutating func makeRecord(
        _ head: RequestHead, end: Int, _ admission: WebSocketAdmission, hasLine: Bool
    ) -> ExchangeRecord {
        // SAFETY: nothing is read into the buffer while the span is in use.
        let received = unsafe piece(0..<end)
        let bytes = unsafe RawSpan(_unsafeBytes: received)
        var offer =
            head.upgrade == .webSocket
            ? WebSocketOffer(head, fields: fields, bytes: bytes) : nil
        if admission.filtersSubprotocols {
            let policies = tables[requestTable].generation.webSocketPolicies
            offer?.keepSubprotocols(policies[Int(admission.policy)].subprotocols)
        }
        // Of a stream the tracker wants to know them too.
        let isLogged = hasLine || head.requestProtocol != .http
        let identifier = requestIdentifier()
        let trace = madeTrace
        return Self.makeRecord(
            writer, head, bytes, isLogged: isLogged, madeID: identifier.bytes,
            madeTrace: trace.bytes, changes: guards.answerChanges,
            requestChanges: guards.requestChanges, offer, pool: &blocks)
    }

    /// Keeps apart what is lent and what is written to.
    private static func makeRecord(
        _ written: borrowing ByteWriter, _ head: RequestHead, _ bytes: RawSpan, isLogged: Bool,
        madeID: RawSpan, madeTrace: RawSpan, changes: borrowing ByteWriter,
        requestChanges: borrowing ByteWriter, _ offer: WebSocketOffer?, pool: inout BlockPool
    ) -> ExchangeRecord {
        let requestID = head.requestID.isEmpty ? madeID : bytes.octets(head.requestID)
        let trace = head.traceParent.isEmpty ? madeTrace : bytes.octets(head.traceParent)
        return ExchangeRecord(
            head: written,
            method: isLogged ? bytes.extracting(head.methodRange.indices) : RawSpan(),
            host: isLogged ? bytes.extracting(head.host.indices) : RawSpan(),
            path: isLogged ? bytes.extracting(head.target.indices) : RawSpan(),
            requestID: isLogged ? requestID : RawSpan(),
            traceID: isLogged ? trace.extracting(TraceParent.traceID) : RawSpan(),
            answerChanges: changes.written,
            // Nothing but a trailer is compared with them once the head is written.
            requestChanges: head.framing == .chunked ? requestChanges.written : RawSpan(),
            offer: offer, pool: &pool)
    }
}

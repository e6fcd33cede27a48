import RouteTable

/// From a parsed head to what is done about it.
extension WorkerLoop {
    /// A whole head stands at the start of the scratch buffer; content and further requests may follow.
    mutating func beginRequest(_ slot: UInt32, _ head: RequestHead, end: Int) {
        connections[slot].flags.insert(.servedBefore)
        requestTable = currentTable
        guards.begin()
        if let status = head.upgrade.refusal {
            return answerHere(
                slot, head, end: end,
                .error(status, "the WebSocket handshake is not valid", .clientSentBadHead))
        }
        if drainDeadline != nil, head.upgrade == .webSocket {
            return answerHere(slot, head, end: end, .draining)
        }
        if head.method == .options, endsHere(head, end: end) {
            return answerHere(slot, head, end: end, .options)
        }
        let generation = tables[requestTable].generation
        requestDraw = UInt32(truncatingIfNeeded: random.next())
        let outcome = match(slot, head, end: end, generation.table)
        let request = GuardedRequest(slot: slot, head: head, end: end, outcome: outcome)
        let program = guardProgram(for: outcome, in: generation.table)
        guard program.isEmpty else {
            return takeGuardSteps(request, program, from: 0, generation)
        }
        serve(request, generation)
    }

    /// Does what matching said; guards have nothing against it.
    mutating func serve(_ request: GuardedRequest, _ generation: TableGeneration) {
        let slot = request.slot
        let head = request.head
        let end = request.end
        switch request.outcome {
        case .forward(let route, let service):
            forward(
                slot, head, end: end, route: route, service: guards.service ?? service, generation)
        case .redirect(let route): redirect(slot, head, end: end, route: route, generation)
        case .respond(let route): answerHere(slot, head, end: end, .response(route))
        case .notFound:
            answerHere(slot, head, end: end, .error(.notFound, "no route for this request", .none))
        case .refused(let refusal):
            answerHere(slot, head, end: end, .error(.badRequest, refusal.reason, .pathRefused))
        case .tooExpensive:
            countTooExpensiveMatch(in: generation.table)
            answerHere(
                slot, head, end: end,
                .error(
                    .serviceUnavailable, "matching this request took too long",
                    .patternTooExpensive))
        }
    }

    /// Whether an OPTIONS request is about the proxy itself, or may not be passed on any more.
    private mutating func endsHere(_ head: RequestHead, end: Int) -> Bool {
        if head.targetForm == .asterisk { return true }
        guard fields.contains(.maxForwards) else { return false }
        // SAFETY: nothing is read into the buffer while the span is in use.
        let received = unsafe piece(0..<end)
        let bytes = unsafe RawSpan(_unsafeBytes: received)
        return MaxForwards.value(fields, in: bytes) == 0
    }

    mutating func match(
        _ slot: UInt32, _ head: RequestHead, end: Int, _ table: borrowing LoadedTable
    ) -> MatchOutcome {
        // SAFETY: nothing is read into the buffer while the span is in use.
        let received = unsafe piece(0..<end)
        let bytes = unsafe RawSpan(_unsafeBytes: received)
        return tables[requestTable].match(
            head, fields: fields, bytes: bytes, port: connections[slot].origin,
            client: clientAddress(of: slot, bytes), in: table,
            draw: requestDraw)
    }

    private mutating func redirect(
        _ slot: UInt32, _ head: RequestHead, end: Int, route: RouteIndex,
        _ generation: TableGeneration
    ) {
        // SAFETY: nothing is read into the buffer while the span is in use.
        let received = unsafe piece(0..<end)
        let bytes = unsafe RawSpan(_unsafeBytes: received)
        let isMade = tables[requestTable].makeRedirect(
            by: route, head, fields: fields, bytes: bytes, port: connections[slot].origin,
            client: clientAddress(of: slot, bytes), in: generation.table)
        let answer: LocalAnswer =
            isMade
            ? .redirect(route)
            : .error(.badRequest, "the redirect of this request is not valid", .pathRefused)
        answerHere(slot, head, end: end, answer)
    }

    /// Who asks, as routes see it: the peer, or whom a trusted proxy names.
    mutating func clientAddress(of slot: UInt32, _ bytes: RawSpan) -> ClientAddress {
        let peer = connections[slot].peer.address
        guard fields.contains(.xForwardedFor), trustsClient(slot) else { return peer }
        let ranges = tables[requestTable].generation.settings.trustedProxies
        return ForwardedClient.address(peer: peer, fields: fields, bytes: bytes) { address in
            ranges.contains { $0.contains(address) }
        }
    }

    /// The same, of the head in the scratch buffer. Asked before guards take the fields away that say so.
    mutating func asker(of slot: UInt32, end: Int) -> ClientAddress {
        // SAFETY: nothing is read into the buffer while the span is in use.
        let received = unsafe piece(0..<end)
        let bytes = unsafe RawSpan(_unsafeBytes: received)
        return clientAddress(of: slot, bytes)
    }

    /// Whether the client is a trusted proxy, whose word is taken for whom it speaks for.
    mutating func trustsClient(_ slot: UInt32) -> Bool {
        !connections[slot].flags.contains(.isAnonymous)
            && tables[requestTable].trusts(connections[slot].peer.address)
    }

    /// Sends the request to a service.
    private mutating func forward(
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
        switch admitHandshake(slot, head, end: end, route: route, generation) {
        case .admitted(let found): admission = found
        case .refused(let answer): return answerHere(slot, head, end: end, answer)
        }
        let request = pickRequest(
            slot, end: end, route: route, service: service.rawValue, generation)
        let key = answerKey(slot, head, end: end, route: route, service: service, generation)
        let placement = choose(service.rawValue, request, table: requestTable)
        guard case .taken(let choice) = placement else {
            withdraw(admission)
            return answerHere(
                slot, head, end: end, unplaced(placement, service, head, route, key))
        }
        let client = asker(of: slot, end: end)
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
        if request.preferred != choice.endpoint { exchange.flags.insert(.setsAffinity) }
        if !hasLine { exchange.flags.insert(.hasNoLine) }
        exchange.take(admission)
        exchange.keeper = makeKeeper(key, head.method)
        exchange.record = makeRecord(head, end: end, admission, hasLine: hasLine)
        exchange.attempts = UpstreamAttempts(request.hash, service, admission)
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
        standIn = keptAnswer(key, of: service.rawValue, table: requestTable)
        if standIn != nil {
            content = .lastGood
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
        let hasMore =
            !connections[slot].incoming.isEmpty || connections[slot].flags.contains(.readable)
        let owesContent = exchanges[index].state.expectsRequestContent
        if connections[slot].flags.contains(.endSeen) || (hasMore && owesContent) { enqueue(slot) }
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

    /// Base path of the endpoint, the rewritten path, the query as it came.
    private mutating func composeTarget(_ head: RequestHead, endpoint: UInt32) {
        target.clear()
        tables[requestTable].appendForwardPath(endpoint: endpoint, to: &target)
        guard head.hasQuery else { return }
        target.append(byte: UInt8(ascii: "?"))
        // SAFETY: nothing is read into the buffer while the span is in use.
        let received = unsafe piece(head.query.indices)
        let query = unsafe RawSpan(_unsafeBytes: received)
        target.append(query)
    }

    private mutating func writeUpstreamHead(
        _ slot: UInt32, _ head: RequestHead, end: Int, _ choice: Choice,
        _ admission: WebSocketAdmission, isRecorded: Bool
    ) {
        writer.clear()
        var options = ForwardContext.Options()
        if trustsClient(slot) { options.insert(.clientIsTrusted) }
        if admission.filtersSubprotocols { options.insert(.replacesSubprotocols) }
        let scheme: ForwardContext.Scheme = connections[slot].stream.isEncrypted ? .https : .http
        let requestID = requestIdentifier()
        madeTrace = TraceParent(
            random.next(), random.next(), span: random.next(), isRecorded: isRecorded)
        let trace = madeTrace
        let clientAddress = connections[slot].peer.text(includingPort: false)
        // SAFETY: nothing is read into the buffer while the span is in use.
        let received = unsafe piece(0..<end)
        let bytes = unsafe RawSpan(_unsafeBytes: received)
        var host: [UInt8] = []
        if !tables[requestTable].services[Int(choice.service)].proxyHost.isEmpty {
            host = tables[requestTable].services[Int(choice.service)].proxyHost
        } else if head.host.isEmpty {
            host = tables[requestTable].endpoints[Int(choice.endpoint)].authority
        }
        guards.spare.clear()
        var stated: UInt64 = 0
        if guards.requestChanges.count > 0 {
            stated = Self.apply(
                guards.requestChanges, to: &fields, of: bytes, into: &guards.spare)
        }
        Self.append(extraFields, to: &guards.spare)
        // SAFETY: bytes are plain data; those of the subject live as long as the client's stream.
        let shown = unsafe connections[slot].stream.clientSubject
        if unsafe shown != nil { options.insert(.clientHasCertificate) }
        let subject = unsafe shown ?? UnsafeRawBufferPointer(start: nil, count: 0)
        let context = unsafe ForwardContext(
            clientAddress: clientAddress.bytes,
            hostOverride: host.span.bytes,
            requestID: requestID.bytes, traceParent: trace.bytes, additionalFields: RawSpan(),
            clientSubject: RawSpan(_unsafeBytes: subject),
            stated: stated,
            scheme: scheme, options: options)
        Self.write(
            head, fields: fields, bytes: bytes, target: target, context: context,
            adding: guards.spare, into: &writer)
    }

    /// What names the request if its client has not.
    mutating func requestIdentifier() -> RequestIdentifier {
        if let known = guards.requestID { return known }
        let made = RequestIdentifier(random.next(), random.next())
        guards.requestID = made
        return made
    }

    /// Marks the fields that guards take away, and writes the lines that they add.
    private static func apply(
        _ changes: borrowing ByteWriter, to fields: inout HeaderFields, of bytes: RawSpan,
        into lines: inout ByteWriter
    ) -> UInt64 {
        FieldChanges.apply(
            changes.written, to: &fields, of: bytes, isRequest: true, into: &lines)
    }

    /// Keeps apart what is lent and what is written to.
    private static func append(_ lines: borrowing ByteWriter, to all: inout ByteWriter) {
        all.append(lines.written)
    }

    /// Keeps apart what is lent and what is written to.
    private static func write(
        _ head: RequestHead, fields: borrowing HeaderFields, bytes: RawSpan,
        target: borrowing ByteWriter, context: borrowing ForwardContext,
        adding lines: borrowing ByteWriter, into writer: inout ByteWriter
    ) {
        RequestWriter.write(
            head, fields: fields, bytes: bytes, target: target.written,
            context: context.adding(lines.written), into: &writer)
    }
}

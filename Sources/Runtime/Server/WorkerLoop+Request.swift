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
        if head.asksServer { return true }
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
    mutating func clientAddress(of slot: UInt32, end: Int) -> ClientAddress {
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
}

import RouteTable

/// Requests that wait for what a guard will say. Their client is not read meanwhile: what it sends waits in
/// its socket.
extension WorkerLoop {
    /// Sets the request at hand aside. Its head stays in the scratch buffer until something is read.
    ///
    /// - Parameters:
    ///   - deadline: If nobody has called ``resume(_:_:)`` by then, the client gets 503.
    ///   - lateFault: What has happened then.
    /// - Returns: What names the request; nil if there is no room.
    mutating func suspend(
        _ request: GuardedRequest, until deadline: MonotonicMilliseconds,
        orElse lateFault: ExchangeFault
    ) -> ConnectionToken? {
        guard !suspended.isFull else { return nil }
        let slot = request.slot
        // SAFETY: nothing is read into the buffer during the call.
        let element = unsafe SuspendedRequest(
            piece(0..<request.end), client: token(of: slot), table: requestTable,
            program: guards.program, next: guards.next, draw: requestDraw, deadline: deadline,
            lateFault: lateFault, route: request.route,
            startMicroseconds: requestStartMicroseconds, guards: &guards, pool: &blocks)
        let place = suspended.insert(element)
        tables[requestTable].exchangeCount += 1
        connections[slot].enter(.suspended, now: now)
        connections[slot].exchange = place.slot
        arm(slot)
        return ConnectionToken(slot: place.slot, generation: place.generation)
    }

    /// Whether the request that a token names still waits.
    mutating func isSuspended(_ token: ConnectionToken) -> Bool {
        token.generation != 0 && suspended.generation(of: token.slot) == token.generation
    }

    /// Goes on with a request that was set aside. Uses the scratch buffer. Nothing happens if its client
    /// has left.
    ///
    /// - Parameters:
    ///   - verdict: Of the step that has set it aside.
    ///   - requestChanges: What the step wants of the head for the upstream: see ``FieldChange``. No part of
    ///     this worker's scratch memory.
    ///   - answerChanges: The same of the answer's head.
    ///   - repeating: Whether that step is taken once more, for now it knows more.
    mutating func resume(
        _ token: ConnectionToken, _ verdict: GuardVerdict, requestChanges: RawSpan = RawSpan(),
        answerChanges: RawSpan = RawSpan(), repeating: Bool = false
    ) {
        guard isSuspended(token) else { return }
        let waiting = suspended[token.slot]
        // The table must not go while it is used here.
        tables[waiting.table].exchangeCount += 1
        let request = takeUp(token.slot)
        guards.requestChanges.append(requestChanges)
        guards.answerChanges.append(answerChanges)
        let generation = tables[requestTable].generation
        switch verdict {
        case .pass:
            let next = repeating ? waiting.next - 1 : waiting.next
            takeGuardSteps(request, waiting.program, from: next, generation)
        case .answer(let answer):
            let request = withoutTokens(request, waiting.program, generation)
            answerHere(request.slot, request.head, end: request.end, answer)
        case .suspended: preconditionFailure("a request goes on with a verdict")
        }
        tables[waiting.table].exchangeCount -= 1
        releaseTableIfUnused(waiting.table)
    }

    /// Lets a request go on as it was when it was set aside, with its head in the scratch buffer.
    private mutating func takeUp(_ place: UInt32) -> GuardedRequest {
        let waiting = suspended[place]
        let slot = waiting.client.slot
        // SAFETY: the bytes are copied before the block is given back.
        let end = unsafe waiting.received.count
        unsafe scratch.room.copyMemory(from: waiting.received)
        waiting.restore(into: &guards)
        requestTable = waiting.table
        requestDraw = waiting.draw
        requestStartMicroseconds = waiting.startMicroseconds
        connections[slot].enter(.awaitingRequest, now: now)
        connections[slot].exchange = .max
        forgetSuspended(place)
        var resume = 0
        // SAFETY: nothing is read into the buffer while the span is in use.
        let received = unsafe piece(0..<end)
        let parsed = unsafe RequestHeadParser.parse(
            RawSpan(_unsafeBytes: received), limits: tables[requestTable].headLimits,
            fields: &fields, resume: &resume)
        guard case .complete(let head) = parsed else {
            preconditionFailure("a head that was parsed can be parsed again")
        }
        let generation = tables[requestTable].generation
        let outcome = match(slot, head, end: end, generation.table)
        return GuardedRequest(slot: slot, head: head, end: end, outcome: outcome)
    }

    /// Something is there to be read of a client whose request waits. It stays there, unless the client
    /// has left.
    mutating func noteEndWhileSuspended(_ slot: UInt32) {
        guard connections[slot].flags.contains(.endSeen) else { return }
        abandon(slot, connections[slot].stream.pendingError() == 0 ? .clientClosed : .clientReset)
    }

    /// Nobody waits for a request any more that has not got its verdict: all that comes of it is its line. Uses the
    /// scratch buffer.
    mutating func abandon(_ slot: UInt32, _ fault: ExchangeFault) {
        let waiting = suspended[connections[slot].exchange]
        tables[waiting.table].exchangeCount += 1
        let generation = tables[waiting.table].generation
        let request = withoutTokens(
            takeUp(connections[slot].exchange), waiting.program, generation)
        let end = GuardRefusal(
            status: .unanswered, reason: fault.reason, fault: fault, route: request.route)
        logLocalAnswer(
            slot, request.head, end: request.end, .refused(end), status: .unanswered, sentBytes: 0)
        close(slot)
        tables[waiting.table].exchangeCount -= 1
        releaseTableIfUnused(waiting.table)
    }

    /// The time for a guard's verdict is up.
    mutating func guardTookTooLong(_ slot: UInt32) {
        let place = connections[slot].exchange
        let token = ConnectionToken(slot: place, generation: suspended.generation(of: place))
        let refusal = GuardRefusal(
            status: .serviceUnavailable, reason: "the request could not be checked in time",
            fault: suspended[place].lateFault, route: suspended[place].route,
            retryAfterSeconds: Limits.retryAfterSecondsMin)
        resume(token, .answer(.refused(refusal)))
    }

    /// Lets go of a request that goes on, or whose client has left. Whoever was to say something about it
    /// finds its token out of date.
    mutating func forgetSuspended(_ place: UInt32) {
        var waiting = suspended.remove(place)
        waiting.release(to: &blocks)
        tables[waiting.table].exchangeCount -= 1
        releaseTableIfUnused(waiting.table)
    }
}

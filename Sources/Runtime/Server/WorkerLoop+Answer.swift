import RouteTable

/// Answers that are made here.
extension WorkerLoop {
    /// Answers a request whose head is valid, without an upstream.
    mutating func answerHere(_ slot: UInt32, _ head: RequestHead, end: Int, _ answer: LocalAnswer) {
        // Content that was announced would have to be read before the next request; closing is cheaper,
        // and a client that waits for 100 (Continue) must not be left waiting.
        let persists =
            head.keepAlive && !head.framing.hasContent && drainDeadline == nil
            && head.upgrade == .none
        var terms = ClientTerms(head)
        terms.keepAlive = persists
        writer.clear()
        let generation = tables[requestTable].generation
        let status = write(answer, generation.table, terms: terms, asJSON: head.acceptsJSON)
        if guards.answerChanges.count > 0 { changeAnswer() }
        let (sending, byteCount) = send(answer, to: slot, head.method)
        logLocalAnswer(slot, head, end: end, answer, status: status, sentBytes: byteCount)
        if sending == .broken { return close(slot) }
        guard persists else { return closeAfterAnswer(slot) }
        connections[slot].enter(.awaitingRequest, now: now)
        guard hold(slot, head.byteCount..<end) else { return close(slot) }
        arm(slot)
        if connections[slot].hasMoreInput { enqueue(slot) }
    }

    /// Writes the answer and says with which status.
    private mutating func write(
        _ answer: LocalAnswer, _ table: borrowing LoadedTable, terms: ClientTerms, asJSON: Bool
    ) -> HTTPStatus {
        switch answer {
        case .error(let status, let reason, _):
            return write(status, reason, asJSON: asJSON, terms: terms)
        case .unserved(let fault):
            return write(fault.status, fault.reason, asJSON: asJSON, terms: terms)
        case .unavailable(_, let seconds):
            return write(
                .serviceUnavailable, answer.fault.reason, asJSON: asJSON,
                retryAfterSeconds: seconds, terms: terms)
        case .fallback(let reply):
            return write(reply, table, terms: terms)
        case .preflight:
            StaticAnswer.write(
                .noContent, contentType: RawSpan(), body: RawSpan(), location: RawSpan(),
                terms: terms, into: &writer)
            return .noContent
        case .refused(let refusal):
            return write(
                refusal.status, refusal.reason, asJSON: asJSON,
                retryAfterSeconds: refusal.retryAfterSeconds, terms: terms)
        case .unauthorized(let refusal):
            guards.value.clear()
            refusal.writeChallenges(into: &guards.value)
            Self.write(
                refusal, challenges: guards.value, asJSON: asJSON, terms: terms, into: &writer)
            return refusal.status
        case .passedOn(let passed, _):
            passed.write(terms: terms, into: &writer)
            return passed.status
        case .tooManyStreams(let refusal, _):
            return write(
                refusal.status, refusal.reason, asJSON: asJSON,
                retryAfterSeconds: Limits.streamRetryAfterSeconds, terms: terms)
        case .draining:
            return write(
                .serviceUnavailable, answer.fault.reason, asJSON: asJSON,
                retryAfterSeconds: Limits.retryAfterSecondsMin, terms: terms)
        case .response(let route):
            let response = table.response(of: route)
            let status = HTTPStatus(rawValue: response.status)
            StaticAnswer.write(
                status, contentType: response.contentType, body: response.body,
                location: RawSpan(), terms: terms, into: &writer)
            return status
        case .redirect(let route):
            let status = HTTPStatus(rawValue: table.redirectStatus(of: route))
            tables[requestTable].writeRedirect(status, terms: terms, into: &writer)
            return status
        case .options:
            StaticAnswer.writeOptions(terms: terms, into: &writer)
            return .noContent
        }
    }

    private mutating func write(
        _ status: HTTPStatus, _ reason: StaticString, asJSON: Bool,
        retryAfterSeconds: UInt32? = nil, terms: ClientTerms
    ) -> HTTPStatus {
        ErrorAnswer.write(
            status, reason: reason, asJSON: asJSON, retryAfterSeconds: retryAfterSeconds,
            terms: terms, into: &writer)
        return status
    }

    private mutating func write(
        _ reply: FallbackReply, _ table: borrowing LoadedTable, terms: ClientTerms
    ) -> HTTPStatus {
        switch reply.content {
        case .lastGood(let kept): return write(kept, terms: terms)
        case .answer(let index, let seconds):
            return writeFallback(index, of: table, retryAfterSeconds: seconds, terms: terms)
        }
    }

    /// Sends what was written, and what is not copied for that.
    private mutating func send(
        _ answer: LocalAnswer, to slot: UInt32, _ method: Method
    ) -> (Sending, UInt64) {
        guard case .fallback(let reply) = answer, case .lastGood(let kept) = reply.content else {
            return (sendWritten(slot), UInt64(writer.count))
        }
        return sendWritten(slot, then: kept, method)
    }

    /// Keeps apart what is lent and what is written to.
    private static func write(
        _ refusal: AuthRefusal, challenges: borrowing ByteWriter, asJSON: Bool,
        terms: ClientTerms, into writer: inout ByteWriter
    ) {
        ErrorAnswer.write(
            refusal.status, reason: refusal.text, asJSON: asJSON,
            retryAfterSeconds: refusal.status == .serviceUnavailable
                ? Limits.retryAfterSecondsMin : nil,
            fieldLines: challenges.written, terms: terms, into: &writer)
    }

    /// Answers a head that could not be read, and closes.
    ///
    /// - Parameter receivedByteCount: What there is of it in the scratch buffer, and what may stand behind it.
    mutating func refuseHead(_ slot: UInt32, _ fault: HeadFault, receivedByteCount: Int) {
        // SAFETY: nothing is read into the buffer while the span is in use.
        let received = unsafe piece(0..<receivedByteCount)
        let terms = unsafe ClientTerms.unreadable(RawSpan(_unsafeBytes: received))
        writer.clear()
        ErrorAnswer.write(
            fault.status, reason: fault.reason, asJSON: false, terms: terms, into: &writer)
        let byteCount = UInt64(writer.count)
        let sending = sendWritten(slot)
        logRefusedHead(
            slot, status: fault.status, reason: fault.reason,
            receivedByteCount: receivedByteCount, sentBytes: byteCount)
        if sending == .broken { close(slot) } else { closeAfterAnswer(slot) }
    }

    /// Answers a client that took too long for its head, and closes.
    mutating func refuseSlowHead(_ slot: UInt32) {
        requestStartMicroseconds = headStartMicroseconds(slot)
        // SAFETY: what has come stays in its block while the span is in use.
        let received = unsafe connections[slot].incoming.bytes
        let terms = unsafe ClientTerms.unreadable(RawSpan(_unsafeBytes: received))
        writer.clear()
        ErrorAnswer.write(
            .requestTimeout, reason: "the request head did not arrive in time", asJSON: false,
            terms: terms, into: &writer)
        let byteCount = UInt64(writer.count)
        let receivedByteCount = connections[slot].incoming.count
        let sending = sendWritten(slot)
        logRefusedHead(
            slot, status: .requestTimeout, reason: ExchangeFault.clientTooSlow.reason,
            receivedByteCount: receivedByteCount, sentBytes: byteCount)
        if sending == .broken { close(slot) } else { closeAfterAnswer(slot) }
    }

    /// Tells the client of an exchange that has failed before its answer began, and ends it.
    mutating func answerFault(
        _ index: UInt32, _ status: HTTPStatus, _ fault: ExchangeFault,
        retryAfterSeconds: UInt32? = nil
    ) {
        exchanges[index].fault = fault
        let slot = exchanges[index].client.slot
        let flags = exchanges[index].flags
        // The request's content may be on its way; a refused upgrade may be followed by frames.
        let persists = exchanges[index].persistsAfterFault && drainDeadline == nil
        let terms = ClientTerms(
            method: exchanges[index].method,
            version: flags.contains(.clientIsHTTP11) ? .http11 : .http10, keepAlive: persists)
        writer.clear()
        let kept = keptAnswer(to: index, fault)
        let status = writeInstead(
            index, status, fault, kept, retryAfterSeconds: retryAfterSeconds,
            terms: terms)
        exchanges[index].status = status.rawValue
        changeAnswer(of: index)
        let (sending, byteCount) = sendWritten(slot, then: kept, exchanges[index].method)
        exchanges[index].sentBytes += byteCount
        finish(
            index, .init(clientPersists: persists && sending != .broken, upstreamPersists: false))
    }

    /// Writes what stands in for the answer of a backend: a kept one, one of the table, or an error.
    private mutating func writeInstead(
        _ index: UInt32, _ status: HTTPStatus, _ fault: ExchangeFault, _ kept: KeptAnswer?,
        retryAfterSeconds: UInt32?, terms: ClientTerms
    ) -> HTTPStatus {
        let table = exchanges[index].table
        let service = exchanges[index].attempts.askedService
        if let kept {
            exchanges[index].fallback = .lastGood
            countFallback(.lastGood, of: service, table: table)
            return write(kept, terms: terms)
        }
        if let answer = fallbackAnswer(to: index, fault) {
            exchanges[index].fallback = .answer
            countFallback(.answer, of: service, table: table)
            let generation = tables[table].generation
            return writeFallback(
                answer, of: generation.table, retryAfterSeconds: retryAfterSeconds, terms: terms)
        }
        let asJSON = exchanges[index].flags.contains(.acceptsJSON)
        ErrorAnswer.write(
            status, reason: fault.reason, asJSON: asJSON, retryAfterSeconds: retryAfterSeconds,
            terms: terms, into: &writer)
        return status
    }
}

/// The content of requests and answers, on its way through.
extension WorkerLoop {
    /// What one read means for a content.
    private struct Portion {
        /// What to pass on, in the scratch buffer.
        var payload: Range<Int>
        /// Bytes that belong to the content.
        var consumed: Int
        var isLast: Bool
        /// Where the fields of a trailer stand that has ended; they are in `fields`.
        var trailer: Range<Int>?
    }

    private enum Parsed {
        case portion(Portion)
        /// The content is not valid; what to answer.
        case refused(HTTPStatus)
    }

    /// Passes on what came of a request's content.
    ///
    /// - Parameters:
    ///   - range: What was read, in the scratch buffer. Behind the content it is the next request.
    ///   - sendsHead: ``writer`` holds the request's head, which goes first.
    mutating func takeRequestContent(_ index: UInt32, _ range: Range<Int>, sendsHead: Bool) {
        let client = exchanges[index].client.slot
        let upstream = exchanges[index].upstream
        guard isAlive(upstream) else {
            precondition(hold(client, range), "what one read brought fits a block")
            return
        }
        var content = exchanges[index].requestContent
        let parsed = portion(of: &content, in: range)
        exchanges[index].requestContent = content
        let portion: Portion
        switch parsed {
        case .portion(let found): portion = found
        case .refused(let status): return refuseRequestContent(index, status)
        }
        if portion.consumed > 0 { noLongerAwaitsContinue(index) }
        exchanges[index].receivedBytes += UInt64(portion.consumed)
        let isChunked = if case .chunked = content { true } else { false }
        let owed = exchanges[index].state.owedContent
        precondition(
            hold(client, range.lowerBound + portion.consumed..<range.upperBound),
            "what one read brought fits a block")
        let framed =
            isChunked && owed
            ? scratch.frame(portion.payload, isLast: portion.isLast && portion.trailer == nil)
            : portion.payload
        if portion.isLast, owed {
            exchanges[index].state.requestContentEnded()
            exchanges[index].requestContent = .none
        }
        // SAFETY: nothing is read into the scratch buffer before the bytes are sent or copied.
        var sending =
            sendsHead
            ? sendWritten(upstream.slot, then: framed)
            : unsafe send(upstream.slot, piece(framed), piece(0..<0))
        if sending != .broken, owed, let trailer = portion.trailer {
            sending = sendTrailer(trailer, of: index, isRequest: true)
        }
        if sending == .broken { return upstreamTakesNoMore(upstream.slot) }
        // Until it has asked for the content it is the upstream's turn.
        let isItsTurn = portion.isLast || exchanges[index].flags.contains(.awaitsContinue)
        if isItsTurn { arm(upstream.slot) }
        if !portion.isLast { arm(client) }
    }

    private mutating func refuseRequestContent(_ index: UInt32, _ status: HTTPStatus) {
        let isTooLarge = status == .contentTooLarge
        if isTooLarge { metrics.count(.limitContentSize) }
        perform(
            exchanges[index].state.clientFailed(status), on: index,
            fault: isTooLarge ? .clientContentTooLarge : .clientSentBadContent)
    }

    /// From now on the client owes content: it was asked for it, or has begun by itself.
    mutating func noLongerAwaitsContinue(_ index: UInt32) {
        guard exchanges[index].flags.contains(.awaitsContinue) else { return }
        exchanges[index].flags.remove(.awaitsContinue)
        let client = exchanges[index].client.slot
        // It was not the client's turn until now.
        connections[client].lastActivity = now
        beginContentWindow(client)
        arm(client)
    }

    /// Passes on what came of an answer's content, and ends the exchange if that was all.
    ///
    /// - Parameter sendsHead: ``writer`` holds the answer's head, which goes first.
    mutating func takeAnswerContent(_ index: UInt32, _ range: Range<Int>, sendsHead: Bool) {
        let client = exchanges[index].client.slot
        let flags = exchanges[index].flags
        var content = exchanges[index].responseContent
        let parsed = portion(of: &content, in: range)
        exchanges[index].responseContent = content
        guard case .portion(var portion) = parsed else {
            if sendsHead {
                exchanges[index].sentBytes += UInt64(writer.count)
                _ = sendWritten(client)
            }
            return perform(
                exchanges[index].state.upstreamFailed(), on: index,
                fault: .upstreamSentBadContent)
        }
        keepTrailer(index, range, portion)
        if exchanges[index].keeper != .max {
            keepContent(index, portion.payload, isLast: portion.isLast)
        }
        if flags.contains(.isEventStream), !portion.payload.isEmpty {
            let isOver = passEvents(index, &portion.payload)
            if isOver, !portion.isLast { return passLastEvents(index, portion.payload) }
        }
        let framed =
            flags.contains(.chunksToClient)
            ? scratch.frame(portion.payload, isLast: portion.isLast && portion.trailer == nil)
            : portion.payload
        let headCount = sendsHead ? writer.count : 0
        // SAFETY: nothing is read into the scratch buffer before the bytes are sent or copied.
        var sending =
            sendsHead
            ? sendWritten(client, then: framed)
            : unsafe send(client, piece(framed), piece(0..<0))
        exchanges[index].sentBytes += UInt64(headCount + framed.count)
        if sending != .broken, flags.contains(.chunksToClient), let trailer = portion.trailer {
            sending = sendTrailer(trailer, of: index, isRequest: false)
            exchanges[index].sentBytes += UInt64(writer.count)
        }
        if sending == .broken { return clientGone(client, isEnd: false) }
        guard portion.isLast else {
            if sendsHead { arm(exchanges[index].upstream.slot) }
            return
        }
        var ending = exchanges[index].state.responseContentEnded()
        // Bytes behind the answer belong to nothing that was asked for.
        if portion.consumed < range.count { ending.upstreamPersists = false }
        finish(index, ending)
    }

    /// Passes on what is left of a stream of events that ends here, and ends it.
    private mutating func passLastEvents(_ index: UInt32, _ payload: Range<Int>) {
        let client = exchanges[index].client.slot
        let framed =
            exchanges[index].flags.contains(.chunksToClient)
            ? scratch.frame(payload, isLast: false) : payload
        exchanges[index].sentBytes += UInt64(framed.count)
        // SAFETY: nothing is read into the scratch buffer before the bytes are sent or copied.
        if unsafe send(client, piece(framed), piece(0..<0)) == .broken {
            return clientGone(client, isEnd: false)
        }
        endEvents(index, isBetweenEvents: true)
    }

    /// Keeps what there is of an answer's trailer with its connection until it is whole.
    private mutating func keepTrailer(_ index: UInt32, _ range: Range<Int>, _ portion: Portion) {
        guard exchanges[index].responseContent.awaitsTrailer else { return }
        let rest = range.lowerBound + portion.consumed..<range.upperBound
        precondition(
            hold(exchanges[index].upstream.slot, rest), "a trailer that is allowed fits its block")
    }

    /// Sends the last chunk of a content with the fields of its trailer, which are in `fields`, and of which what
    /// guards have decided about goes no further.
    private mutating func sendTrailer(
        _ range: Range<Int>, of index: UInt32, isRequest: Bool
    ) -> Sending {
        // SAFETY: nothing is read into the buffer while the span is in use.
        let received = unsafe piece(range)
        let bytes = unsafe RawSpan(_unsafeBytes: received)
        let record = exchanges[index].record
        FieldChanges.dropLate(
            isRequest ? record.requestChanges : record.answerChanges, from: &fields, of: bytes,
            isRequest: isRequest)
        if isRequest {
            let generation = tables[exchanges[index].table].generation
            TrailerSection.drop(generation.guards.lookedAtFields, from: &fields, of: bytes)
        }
        let drops: Exchange.Flags = isRequest ? .dropsRequestTrailer : .dropsAnswerTrailer
        let receiver = isRequest ? exchanges[index].upstream : exchanges[index].client
        writer.clear()
        TrailerSection.write(
            fields, bytes: bytes, passesFields: !exchanges[index].flags.contains(drops),
            into: &writer)
        precondition(!writer.isOverflowed, "a trailer that was read fits the writer")
        return sendWritten(receiver.slot)
    }

    /// Reads the trailer that stands in `range`, if all of it is there.
    ///
    /// - Returns: What is wrong with it.
    private mutating func takeTrailer(
        _ range: Range<Int>, _ decoder: inout ChunkedDecoder, _ portion: inout Portion
    ) -> ChunkFault? {
        // SAFETY: nothing is read into the buffer while the span is in use.
        let received = unsafe piece(range)
        let bytes = unsafe RawSpan(_unsafeBytes: received)
        switch TrailerSection.parse(bytes, fields: &fields) {
        case .incomplete: return nil
        case .refused(let fault): return fault
        case .complete(let byteCount):
            decoder.finishTrailer()
            portion.trailer = range.lowerBound..<range.lowerBound + byteCount
            portion.consumed += byteCount
            portion.isLast = true
            return nil
        }
    }

    private mutating func portion(
        of content: inout Exchange.Content, in range: Range<Int>
    ) -> Parsed {
        let start = range.lowerBound
        switch content {
        case .none: return .portion(Portion(payload: start..<start, consumed: 0, isLast: true))
        case .length(let left):
            let count = Int(min(left, UInt64(range.count)))
            content = .length(left - UInt64(count))
            return .portion(
                Portion(
                    payload: start..<start + count, consumed: count, isLast: UInt64(count) == left))
        case .chunked(var decoder):
            let parsed = portion(of: &decoder, in: range)
            if case .portion = parsed { content = .chunked(decoder) }
            return parsed
        case .untilClose:
            return .portion(Portion(payload: range, consumed: range.count, isLast: false))
        }
    }

    private mutating func portion(
        of decoder: inout ChunkedDecoder, in range: Range<Int>
    ) -> Parsed {
        switch scratch.decode(range, with: &decoder) {
        case .decoded(let step):
            var portion = Portion(
                payload: step.payload, consumed: step.consumedByteCount, isLast: step.isFinished)
            guard step.startsTrailer else { return .portion(portion) }
            let rest = range.lowerBound + portion.consumed..<range.upperBound
            if let fault = takeTrailer(rest, &decoder, &portion) { return .refused(fault.status) }
            return .portion(portion)
        case .refused(let fault): return .refused(fault.status)
        }
    }
}

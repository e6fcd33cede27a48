/// The content of requests and answers, on its way through.
extension WorkerLoop {
    /// What one read means for a content.
    private struct Portion {
        /// What to pass on, in the scratch buffer.
        var payload: Range<Int>
        /// Bytes that belong to the content.
        var consumed: Int
        var isLast: Bool
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
        guard let portion = portion(of: &content, in: range) else {
            exchanges[index].requestContent = content
            return perform(
                exchanges[index].state.clientSentGarbage(contentFaultStatus), on: index,
                fault: contentFaultStatus == .contentTooLarge
                    ? .clientContentTooLarge : .clientSentBadContent)
        }
        exchanges[index].requestContent = content
        exchanges[index].receivedBytes += UInt64(portion.consumed)
        let isChunked = if case .chunked = content { true } else { false }
        let owed = exchanges[index].state.owedContent
        precondition(
            hold(client, range.lowerBound + portion.consumed..<range.upperBound),
            "what one read brought fits a block")
        let framed =
            isChunked && owed
            ? scratch.frame(portion.payload, isLast: portion.isLast) : portion.payload
        if portion.isLast, owed {
            exchanges[index].state.requestContentEnded()
            exchanges[index].requestContent = .none
        }
        // SAFETY: nothing is read into the scratch buffer before the bytes are sent or copied.
        let sending =
            sendsHead
            ? sendWritten(upstream.slot, then: framed)
            : unsafe send(upstream.slot, piece(framed), piece(0..<0))
        if sending == .broken { return upstreamTakesNoMore(upstream.slot) }
        if portion.isLast { arm(upstream.slot) } else { arm(client) }
    }

    /// Passes on what came of an answer's content, and ends the exchange if that was all.
    ///
    /// - Parameter sendsHead: ``writer`` holds the answer's head, which goes first.
    mutating func takeAnswerContent(_ index: UInt32, _ range: Range<Int>, sendsHead: Bool) {
        let client = exchanges[index].client.slot
        var content = exchanges[index].responseContent
        let portion = portion(of: &content, in: range)
        exchanges[index].responseContent = content
        guard let portion else {
            if sendsHead { _ = sendWritten(client) }
            return perform(
                exchanges[index].state.upstreamSentGarbage(), on: index,
                fault: .upstreamSentBadContent)
        }
        let framed =
            exchanges[index].flags.contains(.chunksToClient)
            ? scratch.frame(portion.payload, isLast: portion.isLast) : portion.payload
        let headCount = sendsHead ? writer.count : 0
        // SAFETY: nothing is read into the scratch buffer before the bytes are sent or copied.
        let sending =
            sendsHead
            ? sendWritten(client, then: framed)
            : unsafe send(client, piece(framed), piece(0..<0))
        if sending == .broken { return clientGone(client, isEnd: false) }
        exchanges[index].sentBytes += UInt64(headCount + framed.count)
        guard portion.isLast else { return }
        var ending = exchanges[index].state.responseContentEnded()
        // Bytes behind the answer belong to nothing that was asked for.
        if portion.consumed < range.count { ending.upstreamPersists = false }
        finish(index, ending)
    }

    /// - Returns: nil if the content is not valid; ``contentFaultStatus`` says what to answer.
    private mutating func portion(of content: inout Exchange.Content, in range: Range<Int>)
        -> Portion?
    {
        let start = range.lowerBound
        switch content {
        case .none: return Portion(payload: start..<start, consumed: 0, isLast: true)
        case .length(let left):
            let count = Int(min(left, UInt64(range.count)))
            content = .length(left - UInt64(count))
            return Portion(
                payload: start..<start + count, consumed: count, isLast: UInt64(count) == left)
        case .chunked(var decoder):
            let outcome = scratch.decode(range, with: &decoder)
            content = .chunked(decoder)
            switch outcome {
            case .decoded(let step):
                return Portion(
                    payload: step.payload, consumed: step.consumedByteCount,
                    isLast: step.isFinished)
            case .refused(let fault):
                contentFaultStatus = fault.status
                return nil
            }
        case .untilClose: return Portion(payload: range, consumed: range.count, isLast: false)
        }
    }
}

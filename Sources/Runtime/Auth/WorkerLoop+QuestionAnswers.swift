import RouteTable

/// What comes back from whoever is asked by `forward_auth`: it opens the way, or is passed on.
extension WorkerLoop {
    /// The head of the answer has come.
    mutating func takeVerdict(
        _ index: UInt32, _ waiting: ConnectionToken, _ head: ResponseHead, start: Int, end: Int,
        keepsConnection: Bool
    ) {
        // SAFETY: nothing is read into the buffer while the span is in use.
        let received = unsafe piece(start..<end)
        let bytes = unsafe RawSpan(_unsafeBytes: received)
        if (200..<300).contains(head.status.rawValue) {
            let changes = AuthAnswer.changes(
                to: ownRequests[index].headers, fields: fields, bytes: bytes)
            guard let changes else { return self.end(own: index, .noAnswer(.upstreamSentBadHead)) }
            forget(own: index, keepingConnection: keepsConnection)
            let span = changes.span
            // SAFETY: bytes are plain data.
            return unsafe resume(waiting, .pass, requestChanges: span.bytes)
        }
        var answer = PassedAnswer(status: head.status)
        answer.fieldLines = AuthAnswer.fieldLines(fields, bytes: bytes)
        answer.persists = head.keepAlive
        ownRequests[index].answer = answer
        ownRequests[index].content =
            switch head.framing {
            case .none: .none
            case .length(let byteCount): .length(byteCount)
            case .chunked: .chunked(ChunkedDecoder())
            case .untilClose: .untilClose
            }
        takePassedContent(index, start + head.byteCount..<end)
    }

    /// More of the content of an answer that is passed on stands in the scratch buffer.
    mutating func takePassedContent(_ index: UInt32, _ range: Range<Int>) {
        switch ownRequests[index].content {
        case .none: return finishPassedAnswer(index, persists: range.isEmpty)
        case .untilClose: _ = keep(index, range)
        case .length(let left):
            let count = Int(min(left, UInt64(range.count)))
            guard keep(index, range.lowerBound..<range.lowerBound + count) else { return }
            ownRequests[index].content = .length(left - UInt64(count))
            if left == UInt64(count) {
                finishPassedAnswer(index, persists: count == range.count)
            }
        case .chunked(var decoder):
            guard case .decoded(let step) = scratch.decode(range, with: &decoder) else {
                return end(own: index, .noAnswer(.upstreamSentBadContent))
            }
            ownRequests[index].content = .chunked(decoder)
            guard keep(index, step.payload) else { return }
            // What a trailer says is of no interest; nor is the connection then.
            if step.isFinished || decoder.awaitsTrailer {
                finishPassedAnswer(
                    index, persists: step.isFinished && step.consumedByteCount == range.count)
            }
        }
    }

    /// - Returns: False if the content is too large; then the question is over.
    private mutating func keep(_ index: UInt32, _ range: Range<Int>) -> Bool {
        let count = ownRequests[index].answer?.content.count ?? 0
        guard count + range.count <= OwnRequest.contentByteCountMax else {
            end(own: index, .noAnswer(.upstreamSentBadContent))
            return false
        }
        // SAFETY: copied before anything is read.
        let bytes = unsafe piece(range)
        for offset in 0..<range.count {
            unsafe ownRequests[index].answer?.content.append(bytes[offset])
        }
        return true
    }

    /// The answer is whole: it is passed on.
    mutating func finishPassedAnswer(_ index: UInt32, persists: Bool) {
        guard let answer = ownRequests[index].answer else {
            preconditionFailure("an answer that has ended has begun")
        }
        guard case .request(let waiting, let route) = ownRequests[index].asker else {
            preconditionFailure("only the answer to a question is passed on")
        }
        forget(own: index, keepingConnection: persists && answer.persists)
        resume(waiting, .answer(.passedOn(answer, route)))
    }
}

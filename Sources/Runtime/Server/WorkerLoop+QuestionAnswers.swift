import RouteTable

/// What comes back from whoever is asked by `forward_auth`.
extension WorkerLoop {
    /// Heads stand at the start of the scratch buffer: interim ones, and the final one, if it is there.
    mutating func takeQuestionHead(_ index: UInt32, _ slot: UInt32, end: Int) {
        var start = 0
        while true {
            var resume = 0
            // SAFETY: nothing is read into the buffer while the span is in use.
            let received = unsafe piece(start..<end)
            let bytes = unsafe RawSpan(_unsafeBytes: received)
            let outcome = ResponseHeadParser.parse(
                bytes, method: .get, limits: HeadLimits(headByteCountMax: Limits.headBytesMax),
                fields: &fields, resume: &resume)
            switch outcome {
            case .incomplete:
                if !hold(slot, start..<end) { self.end(question: index, .noAnswer) }
                return
            case .invalid: return self.end(question: index, .noAnswer)
            case .complete(let head):
                if head.isSwitchingProtocols { return self.end(question: index, .noAnswer) }
                if head.isInterim {
                    start += head.byteCount
                    continue
                }
                return takeAnswer(index, slot, head, start: start, end: end)
            }
        }
    }

    private mutating func takeAnswer(
        _ index: UInt32, _ slot: UInt32, _ head: ResponseHead, start: Int, end: Int
    ) {
        // SAFETY: nothing is read into the buffer while the span is in use.
        let received = unsafe piece(start..<end)
        let bytes = unsafe RawSpan(_unsafeBytes: received)
        let content = start + head.byteCount..<end
        let isWhole =
            switch head.framing {
            case .none: content.isEmpty
            case .length(let byteCount): UInt64(content.count) == byteCount
            case .chunked, .untilClose: false
            }
        let keepsConnection = head.keepAlive && isWhole
        guard case .request(let waiting, _) = questions[index].asker else {
            // All that counts is the status.
            return self.end(
                question: index, .answered(status: head.status.rawValue),
                keepingConnection: keepsConnection)
        }
        if (200..<300).contains(head.status.rawValue) {
            let changes = AuthAnswer.changes(
                to: questions[index].headers, fields: fields, bytes: bytes)
            guard let changes else { return self.end(question: index, .noAnswer) }
            forget(question: index, keepingConnection: keepsConnection)
            let span = changes.span
            // SAFETY: bytes are plain data.
            return unsafe resume(waiting, .pass, requestChanges: span.bytes)
        }
        var answer = PassedAnswer(status: head.status)
        answer.fieldLines = AuthAnswer.fieldLines(fields, bytes: bytes)
        answer.persists = head.keepAlive
        questions[index].answer = answer
        questions[index].content =
            switch head.framing {
            case .none: .none
            case .length(let byteCount): .length(byteCount)
            case .chunked: .chunked(ChunkedDecoder())
            case .untilClose: .untilClose
            }
        takeQuestionContent(index, slot, content)
    }

    /// More of the content of an answer that is passed on stands in the scratch buffer.
    mutating func takeQuestionContent(_ index: UInt32, _ slot: UInt32, _ range: Range<Int>) {
        switch questions[index].content {
        case .none: return finish(question: index, persists: range.isEmpty)
        case .untilClose: _ = keep(index, range)
        case .length(let left):
            let count = Int(min(left, UInt64(range.count)))
            guard keep(index, range.lowerBound..<range.lowerBound + count) else { return }
            questions[index].content = .length(left - UInt64(count))
            if left == UInt64(count) {
                finish(question: index, persists: count == range.count)
            }
        case .chunked(var decoder):
            guard case .decoded(let step) = scratch.decode(range, with: &decoder) else {
                return end(question: index, .noAnswer)
            }
            questions[index].content = .chunked(decoder)
            guard keep(index, step.payload) else { return }
            // What a trailer says is of no interest; nor is the connection then.
            if step.isFinished || decoder.awaitsTrailer {
                finish(
                    question: index,
                    persists: step.isFinished && step.consumedByteCount == range.count)
            }
        }
    }

    /// - Returns: False if the content is too large; then the question is over.
    private mutating func keep(_ index: UInt32, _ range: Range<Int>) -> Bool {
        let count = questions[index].answer?.content.count ?? 0
        guard count + range.count <= OwnRequest.contentByteCountMax else {
            end(question: index, .noAnswer)
            return false
        }
        // SAFETY: copied before anything is read.
        let bytes = unsafe piece(range)
        for offset in 0..<range.count {
            unsafe questions[index].answer?.content.append(bytes[offset])
        }
        return true
    }

    /// The answer is whole: it is passed on.
    private mutating func finish(question index: UInt32, persists: Bool) {
        guard let answer = questions[index].answer else {
            preconditionFailure("an answer that has ended has begun")
        }
        guard case .request(let waiting, let route) = questions[index].asker else {
            preconditionFailure("the answer to an alert is not passed on")
        }
        forget(question: index, keepingConnection: persists && answer.persists)
        resume(waiting, .answer(.passedOn(answer, route)))
    }

    /// Nothing more comes of a question. A request that waits for it is not let in unless it was answered.
    mutating func end(
        question index: UInt32, _ outcome: NoticeOutcome, keepingConnection: Bool = false
    ) {
        let asker = questions[index].asker
        forget(question: index, keepingConnection: keepingConnection)
        switch asker {
        case .alert(let number): control.post(.told(number, outcome))
        case .request(let waiting, let route):
            resume(
                waiting,
                .answer(
                    .unauthorized(
                        AuthRefusal(
                            reason: .noAnswer, takesTokens: false, takesPasswords: false,
                            route: route))))
        }
    }

    /// Lets go of a question and its connection.
    private mutating func forget(question index: UInt32, keepingConnection: Bool) {
        let question = questions.remove(index)
        if isAlive(question.connection) {
            let slot = question.connection.slot
            connections[slot].flags.remove(.isQuestion)
            connections[slot].incoming.clear(to: &blocks)
            if keepingConnection { putIntoPool(slot) } else { close(slot) }
        }
        tables[question.table].exchangeCount -= 1
        releaseTableIfUnused(question.table)
    }

    /// The other side has ended, or broken, the connection of a question.
    mutating func questionEnded(_ slot: UInt32, isEnd: Bool) {
        let index = connections[slot].exchange
        if questions[index].answer != nil, isEnd, case .untilClose = questions[index].content {
            return finish(question: index, persists: false)
        }
        let isFresh = connections[slot].incoming.isEmpty && questions[index].answer == nil
        guard questions[index].isReused, isFresh else {
            return end(question: index, .noAnswer)
        }
        // Its neighbours in the pool are as old.
        close(slot)
        questions[index].connection = .none
        dial(question: index)
    }

    /// One address did not work out: the next one.
    mutating func questionNotConnected(_ slot: UInt32) {
        let index = connections[slot].exchange
        close(slot)
        questions[index].connection = .none
        dial(question: index)
    }
}

import RouteTable

/// What comes back for requests of the proxy's own, and how they end.
extension WorkerLoop {
    /// Something of the answer is there.
    mutating func readOwnAnswer(_ slot: UInt32) {
        let index = connections[slot].exchange
        let connection = token(of: slot)
        for _ in 0..<Limits.readsPerTurnMax {
            let awaitsHead = ownRequests[index].answer == nil
            let held = awaitsHead ? recall(slot, byteCountMax: .max) : 0
            let reading = read(slot, at: held)
            connections[slot].incoming.clear(to: &blocks)
            if awaitsHead {
                takeOwnAnswerHead(index, slot, end: held + reading.byteCount)
            } else {
                takePassedContent(index, 0..<reading.byteCount)
            }
            guard isAlive(connection), connections[slot].stage == .exchanging else { return }
            switch reading.status {
            case .drained: return
            case .full: continue
            case .end, .broken: return ownEnded(slot, isEnd: reading.status == .end)
            }
        }
        enqueue(slot)
    }

    private mutating func takeOwnAnswerHead(_ index: UInt32, _ slot: UInt32, end: Int) {
        // SAFETY: nothing is read into the buffer while the span is in use.
        let received = unsafe piece(0..<end)
        let bytes = unsafe RawSpan(_unsafeBytes: received)
        switch OwnAnswerHead.find(in: bytes, fields: &fields) {
        case .incomplete(let start):
            if !hold(slot, start..<end) { self.end(own: index, .noAnswer(.upstreamHeadTooLarge)) }
        case .invalid(let fault):
            self.end(own: index, .noAnswer(ExchangeFault(answerHead: fault)))
        case .complete(let head, let start): takeOwnAnswer(index, head, start: start, end: end)
        }
    }

    private mutating func takeOwnAnswer(
        _ index: UInt32, _ head: ResponseHead, start: Int, end: Int
    ) {
        if case .healthCheck(let place) = ownRequests[index].asker {
            return judgeProbe(place, head, start: start, end: end)
        }
        guard !head.isSwitchingProtocols else {
            return self.end(own: index, .noAnswer(.upstreamSwitchedUnasked))
        }
        // SAFETY: nothing is read into the buffer while the span is in use.
        let received = unsafe piece(start..<end)
        let bytes = unsafe RawSpan(_unsafeBytes: received)
        let contentByteCount = end - start - head.byteCount
        let isWhole =
            switch head.framing {
            case .none: contentByteCount == 0
            case .length(let byteCount): UInt64(contentByteCount) == byteCount
            case .chunked, .untilClose: false
            }
        let keepsConnection = head.keepAlive && isWhole
        noteKeepAlive(ownRequests[index].connection.slot, bytes)
        switch ownRequests[index].asker {
        case .request(let waiting, _):
            takeVerdict(
                index, waiting, head, start: start, end: end, keepsConnection: keepsConnection)
        // All that counts is the status.
        case .alert, .healthCheck:
            self.end(
                own: index, .answered(status: head.status.rawValue),
                keepingConnection: keepsConnection)
        }
    }

    /// The other side has ended, or broken, the connection.
    mutating func ownEnded(_ slot: UInt32, isEnd: Bool) {
        let index = connections[slot].exchange
        if ownRequests[index].answer != nil, isEnd,
            case .untilClose = ownRequests[index].content
        {
            return finishPassedAnswer(index, persists: false)
        }
        let isFresh = connections[slot].incoming.isEmpty && ownRequests[index].answer == nil
        let fault: ExchangeFault =
            switch (isFresh, isEnd) {
            case (true, true): .upstreamClosedBeforeHead
            case (true, false): .upstreamResetBeforeHead
            case (false, true): .upstreamClosedInContent
            case (false, false): .upstreamReset
            }
        guard ownRequests[index].isReused, isFresh else {
            return end(own: index, .noAnswer(fault))
        }
        // Its neighbours in the pool are as old.
        ownNotConnected(slot, fault)
    }

    /// The time for an answer is up.
    mutating func expireOwnRequest(_ slot: UInt32) {
        let index = connections[slot].exchange
        switch connections[slot].stage {
        case .connecting, .proxying, .handshaking:
            if ownRequests[index].isCounted { count(.failedConnects, ofUpstream: slot) }
            let fault = located(dialTimeout(slot), slot)
            end(own: index, fault == .proxyTimeout ? .noAnswer(fault) : .timedOut)
        default: end(own: index, .timedOut)
        }
    }

    /// Nothing more comes of a request. A client's that waits for it is not let in unless it was answered.
    mutating func end(
        own index: UInt32, _ end: OwnRequest.End, keepingConnection: Bool = false
    ) {
        let asker = ownRequests[index].asker
        if end.isFailure, ownRequests[index].isCounted {
            count(
                .failures, ofEndpoint: ownRequests[index].endpoint, table: ownRequests[index].table)
        }
        forget(own: index, keepingConnection: keepingConnection)
        switch asker {
        case .alert(let number): control.post(.told(number, NoticeOutcome(end)))
        case .healthCheck(let place): endProbe(place, ProbeFinding(end))
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

    /// Lets go of a request and its connection.
    mutating func forget(own index: UInt32, keepingConnection: Bool) {
        let request = ownRequests.remove(index)
        if request.isCounted {
            countRequest(atEndpoint: request.endpoint, table: request.table, begins: false)
        }
        if isAlive(request.connection) {
            let slot = request.connection.slot
            connections[slot].flags.remove(.isOwnRequest)
            connections[slot].incoming.clear(to: &blocks)
            if keepingConnection, isClean(slot) { putIntoPool(slot) } else { close(slot) }
        }
        tables[request.table].exchangeCount -= 1
        releaseTableIfUnused(request.table)
    }
}

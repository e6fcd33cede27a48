/// How it ends: who has said the last word, what of ours goes to whom, and how long that may take.
extension WebSocketSession {
    /// How it ended. Nobody has closed it where the proxy cut it without a word.
    package var end: (by: CloseMetric.Side, code: UInt16) {
        endedBy.map { ($0, endCode) } ?? (.proxy, 1_006)
    }

    /// Whether both sides have said and heard that it is over.
    package var isOver: Bool { client.isDone && upstream.isDone }

    /// A side has ended or broken: nothing more comes from it.
    package mutating func ended(_ side: Side) {
        self[side].close()
        noteBreak(by: side)
    }

    /// A side's connection broke: that is how it ended, unless somebody had ended it before.
    package mutating func noteBreak(by side: Side) {
        noteEnd(by: side == .client ? .client : .upstream, code: 1_006)
    }

    private mutating func noteEnd(by side: CloseMetric.Side, code: UInt16) {
        guard endedBy == nil else { return }
        endedBy = side
        endCode = code
    }

    /// Messages that a side has begun.
    @inline(__always)
    package func messageCount(of side: Side) -> UInt64 {
        side == .client ? client.messageCount : upstream.messageCount
    }

    /// A side's Close frame went to the other one.
    package mutating func passedClose(from side: Side, now: MonotonicMilliseconds) {
        let code = self[side].closeCode
        let known = policy.isFramed ? (code == 0 ? 1_005 : code) : CloseMetric.opaqueCode
        noteEnd(by: side == .client ? .client : .upstream, code: known)
        guard self[side.other].farewell != .ours else { return }
        self[side.other].farewell = .passed
        if policy.isFramed, isOver { startCloseClock(now) }
    }

    /// Begins to close for a reason of ours.
    ///
    /// - Parameters:
    ///   - clientCode: nil: the client is told nothing and not waited for.
    ///   - upstreamCode: The same for the upstream.
    ///   - messageWait: Which messages that have begun may end first.
    /// - Returns: False if it is closing already.
    package mutating func close(
        client clientCode: CloseCode?, upstream upstreamCode: CloseCode?,
        waitingFor messageWait: MessageWait = .neither, now: MonotonicMilliseconds
    ) -> Bool {
        guard !isClosing else { return false }
        self.messageWait = messageWait
        startCloseClock(now)
        noteEnd(by: .proxy, code: (clientCode ?? upstreamCode)?.rawValue ?? 1_006)
        client.say(clientCode)
        upstream.say(upstreamCode)
        return true
    }

    /// A side has sent a frame that can't be passed on.
    package mutating func fail(
        _ fault: FrameFault, by side: Side, now: MonotonicMilliseconds
    ) -> Bool {
        guard !isClosing else {
            // It was told to close, and answers nonsense: that is all it says.
            self[side].close()
            return false
        }
        frameFault = fault
        let codes = (fault.code, fault.codeForOther)
        _ = close(
            client: side == .client ? codes.0 : codes.1,
            upstream: side == .client ? codes.1 : codes.0, now: now)
        // Where its frames end is not known any longer, so no answer of it will be understood.
        if fault.isViolation { self[side].close() }
        return true
    }

    /// A Close frame of ours went to a side.
    package mutating func saidClose(to side: Side, now: MonotonicMilliseconds) {
        self[side].farewell = .ours
        self[side].owesPing = false
        startCloseClock(now)
    }

    private mutating func startCloseClock(_ now: MonotonicMilliseconds) {
        isClosing = true
        nextDue = BriefTime(now + Limits.closeEchoMilliseconds)
    }

    /// More time, because bytes that must come first still move.
    ///
    /// - Returns: False if it had more often enough, or there is no right to more messages.
    package mutating func prolongClosing(now: MonotonicMilliseconds) -> Bool {
        guard messageWait != .upstream, prolongationCount < Limits.closeProlongationsMax
        else { return false }
        prolongationCount += 1
        startCloseClock(now)
        return true
    }

    /// Messages that have begun had their time: the end of a frame will do.
    ///
    /// - Returns: False if it would have done before.
    package mutating func stopWaitingForMessages(now: MonotonicMilliseconds) -> Bool {
        guard messageWait != .neither else { return false }
        messageWait = .neither
        startCloseClock(now)
        return true
    }

    /// Messages that have begun have less time than they would.
    package mutating func hurry(until due: MonotonicMilliseconds, now: MonotonicMilliseconds) {
        guard messageWait != .neither, isFarewellDue, due < nextDue.near(now) else { return }
        nextDue = BriefTime(max(due, now))
    }

    /// Whether a Close frame of ours waits for the end of a frame.
    package var isFarewellDue: Bool { client.farewell == .due || upstream.farewell == .due }

    /// A side's connection takes nothing any more; what it has said may still come.
    package mutating func takesNoMore(_ side: Side) {
        self[side].farewell = .ours
        self[side].owesPing = false
    }

    /// A side's connection is no more.
    package mutating func lost(_ side: Side) {
        ended(side)
        self[side].farewell = .ours
        self[side].owesPing = false
    }

    /// What goes to a side before anything else does. Only where a frame to it has ended.
    @inline(__always)
    package func owes(_ side: Side) -> Owed? {
        let peer = self[side]
        if peer.farewell == .due { return .close(peer.farewellCode) }
        return peer.owesPing ? .ping : nil
    }

    /// Whether something can be put in front of the next byte that goes to a side.
    @inline(__always)
    package func isAtBoundary(to side: Side) -> Bool { self[side.other].frames.isAtBoundary }

    /// Whether what a side has sent ends in the middle of a frame.
    package func isWithinFrame(from side: Side) -> Bool { self[side].frames.isWithinFrame }

    /// Whether a Close frame of ours that is due may go to a side now.
    package func mayClose(_ side: Side) -> Bool {
        let sender = self[side.other]
        return sender.frames.isAtBoundary
            && !(messageWait.concerns(side.other) && sender.frames.isInMessage
                && !sender.hasClosed)
    }
}

extension WebSocketPeer {
    fileprivate mutating func say(_ code: CloseCode?) {
        owesPing = false
        awaitsPong = false
        guard farewell == .none else { return }
        guard let code else {
            farewell = .ours
            close()
            return
        }
        farewell = .due
        farewellCode = code
    }
}

/// What the time brings: pings, pongs that do not come, and the end of closing.
extension WebSocketSession {
    /// Pings of many connections are due at the same moments, so that one wake-up of the loop serves all of
    /// them, and another one their pongs. What comes earlier for that is a small part of the interval.
    mutating func setNextPing(_ due: MonotonicMilliseconds, now: MonotonicMilliseconds) {
        let pace = min(
            Limits.pingPaceMilliseconds, max(1, UInt64(policy.pingIntervalMilliseconds) / 32))
        nextDue = BriefTime(max(due - due % pace, now + 1))
    }

    /// When to ask ``due(now:)``; nil: never.
    @inline(__always)
    package func deadline(now: MonotonicMilliseconds) -> MonotonicMilliseconds? {
        var deadline = nextDue.near(now)
        if isClosing { return deadline }
        guard policy.pingIntervalMilliseconds > 0 else { return nil }
        if client.awaitsPong { deadline = min(deadline, client.pongDeadline.near(now)) }
        if upstream.awaitsPong { deadline = min(deadline, upstream.pongDeadline.near(now)) }
        return deadline
    }

    /// What the time has brought. Asked again until it is nothing, or at the next deadline.
    package mutating func due(now: MonotonicMilliseconds) -> Due {
        if isClosing { return now >= nextDue.near(now) ? .closeTimeUp : .nothing }
        guard policy.pingIntervalMilliseconds > 0 else { return .nothing }
        for side in [Side.client, .upstream]
        where self[side].awaitsPong && now >= self[side].pongDeadline.near(now) {
            return .noPong(side)
        }
        guard now >= nextDue.near(now) else { return .nothing }
        setNextPing(now + UInt64(policy.pingIntervalMilliseconds), now: now)
        return .ping
    }

    /// A pong could not come yet: the side gets as much time again.
    package mutating func excusePong(of side: Side, now: MonotonicMilliseconds) {
        self[side].pongDeadline = BriefTime(now + UInt64(policy.pongTimeoutMilliseconds))
    }

    /// Whether the ping that a side has not answered may not have reached it yet: more than it waits in the
    /// kernel, and some of that was taken since this was last asked. Then the side gets as much time again.
    ///
    /// The first time the kernel's word is enough. So who reads nothing, or is gone, is found out at the second
    /// time, and at once if nothing but the ping waits for it.
    package mutating func isPingOnItsWay(
        to side: Side, _ delivery: Delivery, now: MonotonicMilliseconds
    ) -> Bool {
        let isStuck = self[side].isWatched && self[side].acknowledged == delivery.acknowledged
        guard delivery.waitingByteCount > Self.pingBytesMax, !isStuck else { return false }
        self[side].isWatched = true
        self[side].acknowledged = delivery.acknowledged
        excusePong(of: side, now: now)
        return true
    }

    /// What a ping takes in the kernel at most, in a record of TLS.
    private static let pingBytesMax = 64

    /// What tells a side's pongs that answer our pings. Each has its own: a ping of one side that repeats one of
    /// ours is answered by the other, and that pong is not for us.
    @inline(__always)
    func mark(for side: Side) -> UInt64 { side == .client ? mark : ~mark }

    /// Whether a side is to be pinged now. One that still owes a pong is not.
    package mutating func wantsPing(_ side: Side) -> Bool {
        guard self[side].takesPings, self[side].openSequence == 0 else { return false }
        self[side].owesPing = true
        return true
    }

    /// The ping goes out.
    ///
    /// - Returns: Its payload: the mark and the number.
    package mutating func beginPing(
        _ side: Side, now: MonotonicMilliseconds, nowMicroseconds: UInt64
    ) -> (mark: UInt64, sequence: UInt32) {
        lastSequence = lastSequence == .max ? 1 : lastSequence + 1
        self[side].owesPing = false
        self[side].openSequence = lastSequence
        self[side].pingSentMicroseconds = nowMicroseconds
        self[side].isWatched = false
        if policy.pongTimeoutMilliseconds > 0 {
            self[side].awaitsPong = true
            excusePong(of: side, now: now)
        }
        return (mark(for: side), lastSequence)
    }
}

extension WebSocketPeer {
    /// Whether a Pong answers a ping of ours. An old one that comes late does too.
    mutating func isAnswer(
        _ bytes: RawSpan, from start: Int, mark: UInt64, _ nowMicroseconds: UInt64
    ) -> Bool {
        let head = FrameHead(first: bytes.octet(at: start), second: bytes.octet(at: start + 1))
        let payload = ControlPayload(of: head, FrameCursor.pingBytes, in: bytes, at: start)
        guard payload.mark == mark else { return false }
        if payload.sequence == openSequence {
            roundTripMicroseconds = UInt32(
                clamping: max(1, nowMicroseconds - min(nowMicroseconds, pingSentMicroseconds)))
            openSequence = 0
            awaitsPong = false
        }
        return true
    }
}

/// Decides what becomes of the bytes of one upgraded connection, and when it is pinged and closed.
///
/// Holds no descriptor, buffer or clock: the caller moves bytes as it is told, reports what came, and
/// passes the time in.
///
///     open ──our Close is due──▶ closing ──both have answered, or the time is up──▶ over
///       └──────────their own Close frames pass, both ways──────────────────────────▶ over
package struct WebSocketSession: BitwiseCopyable {
    /// One of the two peers; of bytes, who sends them.
    package typealias Side = FrameCursor.Sender

    /// What to do with bytes of one side. Positions are those of the span that was looked at.
    package enum Action: Equatable, Sendable {
        /// All of them pass.
        case pass
        /// Those in front of it pass, the others are kept until more come.
        case keep(from: Int)
        /// Those in front pass, the range is for nobody; go on behind it.
        case skip(Range<Int>)
        /// Those in front pass, then ``owes(_:)`` tells what goes to the other side; go on from there.
        case insert(at: Int)
        /// Those in front pass: the side has said its last word.
        case closed(at: Int)
        /// Those in front pass; go on with ``fail(_:by:now:)``.
        case fail(at: Int, FrameFault)
    }

    /// What goes to a side out of turn.
    package enum Owed: BitwiseCopyable, Equatable, Sendable {
        case ping
        case close(CloseCode)
    }

    /// What the time has brought.
    package enum Due: BitwiseCopyable, Equatable, Sendable {
        case nothing
        /// Both sides are to be pinged.
        case ping
        /// A side has not answered a ping.
        case noPong(Side)
        /// Whoever has not answered the Close frame by now will not.
        case closeTimeUp
    }

    // In the order in which there are no gaps.

    package internal(set) var client: WebSocketPeer
    package internal(set) var upstream: WebSocketPeer
    package let policy: TunnelPolicy
    /// Whether this proxy has begun to close.
    package private(set) var isClosing = false
    /// How often there was more time.
    private var prolongationCount: UInt8 = 0
    /// Who sent the first Close frame, or left without one; nil while nobody has.
    package private(set) var endedBy: CloseMetric.Side?
    /// What was wrong, if a frame was.
    package private(set) var frameFault: FrameFault?
    /// The code of that Close frame: 1005 if it had none, ``CloseMetric/opaqueCode`` if frames are not looked
    /// at, 1006 if there was no Close frame.
    package private(set) var endCode: UInt16 = 0
    /// What tells pongs that answer our pings from others.
    private let mark: UInt64
    private var lastSequence: UInt32 = 0
    /// When the next ping is due, if there are any; once it is closing, when that has taken long enough.
    private var nextDue = BriefTime(0)
    /// The client's messages.
    private var messages: MessageWindow
    /// The text of our Close frames.
    var reason = PendingBytes()

    /// - Parameters:
    ///   - mark: Any number; the same for no two sessions of one client.
    ///   - pingDelay: Until the first ping. Drawn, so that not all are due at once.
    package init(
        _ policy: TunnelPolicy, allowsCompression: Bool, mark: UInt64,
        pingDelay: UInt64, now: MonotonicMilliseconds
    ) {
        self.policy = policy
        self.mark = mark
        client = WebSocketPeer(.client, allowsCompression: allowsCompression)
        upstream = WebSocketPeer(.upstream, allowsCompression: allowsCompression)
        messages = MessageWindow(now: now)
        setNextPing(now + UInt64(BriefTime.milliseconds(pingDelay)), now: now)
    }

    /// Pings of many connections are due at the same moments, so that one wake-up of the loop serves all of
    /// them, and another one their pongs. What comes earlier for that is a small part of the interval.
    private mutating func setNextPing(_ due: MonotonicMilliseconds, now: MonotonicMilliseconds) {
        let pace = min(
            Limits.pingPaceMilliseconds, max(1, UInt64(policy.pingIntervalMilliseconds) / 32))
        nextDue = BriefTime(max(due - due % pace, now + 1))
    }

    /// How it ended. Nobody has closed it where the proxy cut it without a word.
    package var end: (by: CloseMetric.Side, code: UInt16) {
        endedBy.map { ($0, endCode) } ?? (.proxy, 1_006)
    }

    package subscript(side: Side) -> WebSocketPeer {
        @inline(__always) get { side == .client ? client : upstream }
        @inline(__always) set {
            if side == .client { client = newValue } else { upstream = newValue }
        }
    }

    /// Whether both sides have said and heard that it is over.
    package var isOver: Bool { client.isDone && upstream.isDone }

    /// Whether what a side sends goes nowhere, because the other one was told that nothing follows.
    @inline(__always)
    package func drops(from side: Side) -> Bool {
        switch side == .client ? upstream.farewell : client.farewell {
        case .none, .due: false
        case .ours: true
        case .passed: policy.isFramed
        }
    }

    /// Looks at bytes of one side.
    ///
    /// - Parameters:
    ///   - start: Where to begin; afterwards, where to go on.
    ///   - sizes: Where the sizes of that side's messages are counted.
    package mutating func take(
        _ bytes: RawSpan, at start: inout Int, from side: Side, now: MonotonicMilliseconds,
        nowMicroseconds: UInt64, sizes: MessageSizes? = nil
    ) -> Action {
        let limits = limits(of: side, now: now)
        if side == .client {
            return Self.take(
                bytes, at: &start, &client, to: &upstream, limits, policy.isFramed, mark,
                nowMicroseconds, sizes)
        }
        return Self.take(
            bytes, at: &start, &upstream, to: &client, limits, policy.isFramed, mark,
            nowMicroseconds, sizes)
    }

    @inline(__always)
    private static func take(
        _ bytes: RawSpan, at start: inout Int, _ sender: inout WebSocketPeer,
        to receiver: inout WebSocketPeer, _ limits: FrameLimits, _ isFramed: Bool, _ mark: UInt64,
        _ nowMicroseconds: UInt64, _ sizes: MessageSizes?
    ) -> Action {
        let stops = receiver.farewell == .due || receiver.owesPing
        if stops, sender.frames.isAtBoundary { return .insert(at: start) }
        guard isFramed else { return follow(bytes, at: &start, &sender, stops: stops) }
        if sender.hasClosed {
            // Nothing that follows a Close frame means anything (RFC 6455, 5.5.1).
            start = bytes.byteCount
            return .pass
        }
        while true {
            switch sender.frames.next(
                in: bytes, at: &start, limits: limits, stopsAtBoundary: stops, sizes: sizes)
            {
            case .end: return .pass
            case .boundary: return .insert(at: start)
            case .partial: return .keep(from: start)
            case .pong(let first):
                if sender.isAnswer(bytes, from: first, mark: mark, nowMicroseconds) {
                    return .skip(first..<start)
                }
                if stops { return .insert(at: start) }
            case .close:
                sender.close()
                return .closed(at: start)
            case .fault(let fault): return .fail(at: start, fault)
            }
        }
    }

    /// The same where nothing is judged.
    private static func follow(
        _ bytes: RawSpan, at start: inout Int, _ sender: inout WebSocketPeer, stops: Bool
    ) -> Action {
        while start < bytes.byteCount {
            guard let end = sender.frames.follow(bytes, from: start) else {
                start = bytes.byteCount
                return .pass
            }
            start = end
            if sender.frames.sawClose, !sender.hasClosed {
                sender.close()
                return .closed(at: end)
            }
            if stops { return .insert(at: end) }
        }
        return .pass
    }

    private mutating func limits(of side: Side, now: MonotonicMilliseconds) -> FrameLimits {
        var limits = FrameLimits()
        // What is dropped may be as large as it likes: the answer to our Close frame comes behind it.
        if isClosing { return limits }
        limits.frameBytesMax = policy.frameBytesMax
        limits.messageBytesMax = policy.messageBytesMax
        guard side == .client, policy.messagesPerMinuteMax > 0 else { return limits }
        limits.messageCountMax = messages.countMax(
            limit: policy.messagesPerMinuteMax, count: client.messageCount, now: now)
        return limits
    }
}

extension WebSocketSession {
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
    /// - Returns: False if it is closing already.
    package mutating func close(
        client clientCode: CloseCode?, upstream upstreamCode: CloseCode?,
        now: MonotonicMilliseconds
    ) -> Bool {
        guard !isClosing else { return false }
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
    /// - Returns: False if it had more often enough.
    package mutating func prolongClosing(now: MonotonicMilliseconds) -> Bool {
        guard prolongationCount < Limits.closeProlongationsMax else { return false }
        prolongationCount += 1
        startCloseClock(now)
        return true
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
}

extension WebSocketSession {
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
        return (mark, lastSequence)
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

    /// Whether a Pong answers a ping of ours. An old one that comes late does too.
    fileprivate mutating func isAnswer(
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

extension FrameCursor.Sender {
    package var other: FrameCursor.Sender { self == .client ? .upstream : .client }
}

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

    package let policy: TunnelPolicy
    package internal(set) var client: WebSocketPeer
    package internal(set) var upstream: WebSocketPeer
    /// What tells pongs that answer our pings from others.
    private let mark: UInt64
    private var lastSequence: UInt32 = 0
    private var nextPing: MonotonicMilliseconds = 0
    /// When the closing has taken long enough; 0 while nobody closes.
    private var closeDeadline: MonotonicMilliseconds = 0
    /// How often there was more time.
    private var prolongationCount: UInt8 = 0
    /// When the minute began in which messages are counted, and how many there had been then.
    private var minuteStart: MonotonicMilliseconds
    private var minuteBase: UInt64 = 0
    /// The text of our Close frames.
    var reason = PendingBytes()
    /// Who sent the first Close frame, or left without one; nil while nobody has.
    package private(set) var endedBy: CloseMetric.Side?
    /// The code of that Close frame: 1005 if it had none, ``CloseMetric/opaqueCode`` if frames are not looked
    /// at, 1006 if there was no Close frame.
    package private(set) var endCode: UInt16 = 0
    /// What was wrong, if a frame was.
    package private(set) var frameFault: FrameFault?

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
        minuteStart = now
        if policy.pingIntervalMilliseconds > 0 { nextPing = now + pingDelay }
    }

    /// How it ended. Nobody has closed it where the proxy cut it without a word.
    package var end: (by: CloseMetric.Side, code: UInt16) {
        endedBy.map { ($0, endCode) } ?? (.proxy, 1_006)
    }

    package subscript(side: Side) -> WebSocketPeer {
        get { side == .client ? client : upstream }
        set { if side == .client { client = newValue } else { upstream = newValue } }
    }

    /// Whether this proxy has begun to close.
    package var isClosing: Bool { closeDeadline != 0 }
    /// Whether both sides have said and heard that it is over.
    package var isOver: Bool { client.isDone && upstream.isDone }

    /// Whether what a side sends goes nowhere, because the other one was told that nothing follows.
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
        if side == .client {
            let limits = clientLimits(now: now)
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
                sender.hasClosed = true
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
                sender.hasClosed = true
                return .closed(at: end)
            }
            if stops { return .insert(at: end) }
        }
        return .pass
    }

    private var limits: FrameLimits {
        var limits = FrameLimits()
        // What is dropped may be as large as it likes: the answer to our Close frame comes behind it.
        if isClosing { return limits }
        limits.frameBytesMax = policy.frameBytesMax
        limits.messageBytesMax = policy.messageBytesMax
        return limits
    }

    /// Messages are counted in minutes, one behind the other, each from its first byte on.
    private mutating func clientLimits(now: MonotonicMilliseconds) -> FrameLimits {
        var limits = limits
        guard policy.messagesPerMinuteMax > 0, !isClosing else { return limits }
        if now >= minuteStart + 60_000 {
            minuteStart = now
            minuteBase = client.messageCount
        }
        limits.messageCountMax = minuteBase + policy.messagesPerMinuteMax
        return limits
    }
}

extension WebSocketSession {
    /// A side has ended or broken: nothing more comes from it.
    package mutating func ended(_ side: Side) {
        self[side].hasClosed = true
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
            self[side].hasClosed = true
            return false
        }
        frameFault = fault
        let codes = (fault.code, fault.codeForOther)
        _ = close(
            client: side == .client ? codes.0 : codes.1,
            upstream: side == .client ? codes.1 : codes.0, now: now)
        // Where its frames end is not known any longer, so no answer of it will be understood.
        if fault.isViolation { self[side].hasClosed = true }
        return true
    }

    /// A Close frame of ours went to a side.
    package mutating func saidClose(to side: Side, now: MonotonicMilliseconds) {
        self[side].farewell = .ours
        self[side].owesPing = false
        startCloseClock(now)
    }

    private mutating func startCloseClock(_ now: MonotonicMilliseconds) {
        closeDeadline = now + Limits.closeEchoMilliseconds
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
    package func owes(_ side: Side) -> Owed? {
        let peer = self[side]
        if peer.farewell == .due { return .close(peer.farewellCode) }
        return peer.owesPing ? .ping : nil
    }

    /// Whether something can be put in front of the next byte that goes to a side.
    package func isAtBoundary(to side: Side) -> Bool { self[side.other].frames.isAtBoundary }
}

extension WebSocketSession {
    /// When to ask ``due(now:)``; nil: never.
    package var deadline: MonotonicMilliseconds? {
        if isClosing { return closeDeadline }
        guard nextPing != 0 else { return nil }
        var deadline = nextPing
        if client.pongDeadline != 0 { deadline = min(deadline, client.pongDeadline) }
        if upstream.pongDeadline != 0 { deadline = min(deadline, upstream.pongDeadline) }
        return deadline
    }

    /// What the time has brought. Asked again until it is nothing, or at the next deadline.
    package mutating func due(now: MonotonicMilliseconds) -> Due {
        if isClosing { return now >= closeDeadline ? .closeTimeUp : .nothing }
        guard nextPing != 0 else { return .nothing }
        for side in [Side.client, .upstream] {
            let deadline = self[side].pongDeadline
            if deadline != 0, now >= deadline { return .noPong(side) }
        }
        guard now >= nextPing else { return .nothing }
        nextPing = now + policy.pingIntervalMilliseconds
        return .ping
    }

    /// A pong could not come yet: the side gets as much time again.
    package mutating func excusePong(of side: Side, now: MonotonicMilliseconds) {
        self[side].pongDeadline = now + policy.pongTimeoutMilliseconds
    }

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
        if policy.pongTimeoutMilliseconds > 0 {
            self[side].pongDeadline = now + policy.pongTimeoutMilliseconds
        }
        return (mark, lastSequence)
    }
}

extension WebSocketPeer {
    fileprivate mutating func say(_ code: CloseCode?) {
        owesPing = false
        pongDeadline = 0
        guard farewell == .none else { return }
        guard let code else {
            farewell = .ours
            hasClosed = true
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
            pongDeadline = 0
        }
        return true
    }
}

extension FrameCursor.Sender {
    package var other: FrameCursor.Sender { self == .client ? .upstream : .client }
}

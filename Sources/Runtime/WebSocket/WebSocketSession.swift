/// Decides what becomes of the bytes of one upgraded connection, and when it is pinged and closed.
///
/// Holds no descriptor, buffer or clock: the caller moves bytes as it is told, reports what came, and
/// passes the time in. Here is what becomes of bytes; `WebSocketSession+Closing` has how it ends, `+Pings` what the
/// time brings.
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
    package internal(set) var isClosing = false
    /// For the end of whose messages of fragments our Close frames wait.
    var messageWait = MessageWait.neither
    /// How often there was more time.
    var prolongationCount: UInt8 = 0
    /// Who sent the first Close frame, or left without one; nil while nobody has.
    package internal(set) var endedBy: CloseMetric.Side?
    /// What was wrong, if a frame was.
    package internal(set) var frameFault: FrameFault?
    /// The code of that Close frame: 1005 if it had none, ``CloseMetric/opaqueCode`` if frames are not looked
    /// at, 1006 if there was no Close frame.
    package internal(set) var endCode: UInt16 = 0
    /// What tells pongs that answer our pings from others; ``mark(for:)`` has each side's.
    let mark: UInt64
    var lastSequence: UInt32 = 0
    /// When the next ping is due, if there are any; once it is closing, when that has taken long enough.
    var nextDue = BriefTime(0)
    /// The client's messages.
    private var messages: MessageWindow
    /// The text of our Close frames.
    var reason = PendingBytes()

    /// - Parameters:
    ///   - mark: Any number; the same for no two sessions of one client.
    ///   - pingDelay: Until the first ping. Drawn, so that not all are due at once.
    package init(
        _ policy: TunnelPolicy, allowsCompression: Bool, allowsReservedBits: Bool = false,
        mark: UInt64, pingDelay: UInt64, now: MonotonicMilliseconds
    ) {
        self.policy = policy
        self.mark = mark
        client = WebSocketPeer(
            .client, allowsCompression: allowsCompression, allowsReservedBits: allowsReservedBits)
        upstream = WebSocketPeer(
            .upstream, allowsCompression: allowsCompression, allowsReservedBits: allowsReservedBits)
        messages = MessageWindow(now: now)
        setNextPing(now + UInt64(BriefTime.milliseconds(pingDelay)), now: now)
    }

    package subscript(side: Side) -> WebSocketPeer {
        @inline(__always) get { side == .client ? client : upstream }
        @inline(__always) set {
            if side == .client { client = newValue } else { upstream = newValue }
        }
    }

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
                bytes, at: &start, &client, to: &upstream, limits, policy.isFramed,
                messageWait.concerns(.client), mark(for: .client), nowMicroseconds, sizes)
        }
        return Self.take(
            bytes, at: &start, &upstream, to: &client, limits, policy.isFramed,
            messageWait.concerns(.upstream), mark(for: .upstream), nowMicroseconds, sizes)
    }

    @inline(__always)
    private static func take(
        _ bytes: RawSpan, at start: inout Int, _ sender: inout WebSocketPeer,
        to receiver: inout WebSocketPeer, _ limits: FrameLimits, _ isFramed: Bool,
        _ waitsForMessage: Bool, _ mark: UInt64, _ nowMicroseconds: UInt64,
        _ sizes: MessageSizes?
    ) -> Action {
        let stops = receiver.farewell == .due || receiver.owesPing
        // A ping may stand between two fragments.
        let waits = waitsForMessage && receiver.farewell == .due
        if stops, sender.frames.isAtBoundary, !(waits && sender.frames.isInMessage) {
            return .insert(at: start)
        }
        guard isFramed else {
            return follow(bytes, at: &start, &sender, stops: stops, waits: waits)
        }
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
            case .boundary:
                if !(waits && sender.frames.isInMessage) { return .insert(at: start) }
            case .partial: return .keep(from: start)
            case .pong(let first):
                if sender.isAnswer(bytes, from: first, mark: mark, nowMicroseconds) {
                    return .skip(first..<start)
                }
                if stops, !(waits && sender.frames.isInMessage) { return .insert(at: start) }
            case .close:
                sender.close()
                return .closed(at: start)
            case .fault(let fault): return .fail(at: start, fault)
            }
        }
    }

    /// The same where nothing is judged.
    private static func follow(
        _ bytes: RawSpan, at start: inout Int, _ sender: inout WebSocketPeer, stops: Bool,
        waits: Bool
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
            if stops, !(waits && sender.frames.isInMessage) { return .insert(at: end) }
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

extension FrameCursor.Sender {
    package var other: FrameCursor.Sender { self == .client ? .upstream : .client }
}

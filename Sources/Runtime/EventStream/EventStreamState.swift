/// Decides what is put into a stream of events, and where it ends.
///
/// Holds no descriptor and no clock: the caller says what came and what time it is, and does what is
/// decided. Nothing is ever put into the middle of an event.
///
///     passing ──due, between two events──────────────────▶ ended
///        └─────due, in an event──▶ ending ──its end──────────▲
///                                    └──grace is over────────┘
package struct EventStreamState: BitwiseCopyable, Sendable {
    /// What is to be done when a time is due.
    package enum TimeAction: Equatable, Sendable {
        /// It was not, or nothing can be done about it now.
        case none
        /// Send a comment, so that nobody on the way takes the stream for dead.
        case heartbeat
        /// End the stream here. `isBetweenEvents`: it may be told when to come back.
        case end(isBetweenEvents: Bool)
    }

    /// What becomes of a piece of the stream.
    package struct Passage: Equatable, Sendable {
        /// Bytes at the front that are not passed on.
        package var droppedByteCount = 0
        /// Bytes of a byte order mark that were kept back and turned out to be none: they go first.
        package var owedMarkByteCount = 0
        /// Number of bytes, from the front, behind which the stream ends; nil if it goes on.
        package var endOffset: Int?

        package init() {}
    }

    /// How long an event that has begun may take to end once the stream is to.
    package static let graceMilliseconds: UInt64 = 5_000

    private var cursor = EventCursor()
    /// Bytes of a byte order mark that were kept back.
    private var markByteCount: UInt8 = 0
    private var hasInjected = false
    private var isEnding = false
    private let heartbeatMilliseconds: UInt32
    /// The content is compressed: nobody here can tell where an event ends.
    private let isCoded: Bool
    /// When a heartbeat was last thought of; once it ends, when the wait for the end of an event began: a
    /// client may have been slow when the end was due.
    private var since: MonotonicMilliseconds

    /// - Parameters:
    ///   - isCoded: The content has a Content-Encoding.
    ///   - now: When the head came.
    package init(heartbeatMilliseconds: UInt32, isCoded: Bool, now: MonotonicMilliseconds) {
        self.isCoded = isCoded
        self.heartbeatMilliseconds = isCoded ? 0 : heartbeatMilliseconds
        since = now
    }

    /// Number of events that have passed, not counted in compressed streams.
    package var eventCount: UInt64 { cursor.eventCount }

    /// Whether whole lines may be put in now.
    package var mayInject: Bool { !isCoded && cursor.isBetweenEvents }

    /// Lines of ours go out. A byte order mark that comes behind them would not be one any more.
    package mutating func noteInjected() {
        if cursor.isAtStart { hasInjected = true }
    }

    /// When ``timeAction(endDue:idleSince:now:)`` has something to decide; nil if it never will.
    ///
    /// - Parameters:
    ///   - endDue: When the stream ends although it could go on; `.max` if never.
    ///   - idleSince: When the client was last sent something.
    package func deadline(
        endDue: MonotonicMilliseconds, idleSince: MonotonicMilliseconds
    ) -> MonotonicMilliseconds? {
        if isEnding { return since + Self.graceMilliseconds }
        var deadline = endDue
        if heartbeatMilliseconds > 0 {
            let base = max(idleSince, since)
            deadline = min(deadline, base + UInt64(heartbeatMilliseconds))
        }
        return deadline == .max ? nil : deadline
    }

    /// Decides what is due. The client has taken all that it was sent.
    package mutating func timeAction(
        endDue: MonotonicMilliseconds, idleSince: MonotonicMilliseconds,
        now: MonotonicMilliseconds
    ) -> TimeAction {
        if isEnding {
            guard now >= since + Self.graceMilliseconds else { return .none }
            return .end(isBetweenEvents: false)
        }
        if now >= endDue {
            if isCoded { return .end(isBetweenEvents: false) }
            if mayInject { return .end(isBetweenEvents: true) }
            isEnding = true
            since = now
            return .none
        }
        let isIdle =
            heartbeatMilliseconds > 0
            && now >= max(idleSince, since) + UInt64(heartbeatMilliseconds)
        guard isIdle else { return .none }
        since = now
        return mayInject ? .heartbeat : .none
    }

    /// Takes the next piece of the stream.
    ///
    /// - Complexity: O(*n*) for *n* bytes. Compressed bytes are not looked at.
    package mutating func take(_ bytes: RawSpan) -> Passage {
        var passage = Passage()
        guard !isCoded, !bytes.isEmpty else { return passage }
        if hasInjected { withholdMark(bytes, &passage) }
        let boundary = cursor.advance(over: bytes)
        if isEnding { passage.endOffset = boundary }
        return passage
    }

    private static let mark: InlineArray<3, UInt8> = [0xEF, 0xBB, 0xBF]

    /// Keeps a byte order mark back that stands at the start of the stream, where lines of ours have
    /// gone before it.
    private mutating func withholdMark(_ bytes: RawSpan, _ passage: inout Passage) {
        let before = Int(markByteCount)
        var offset = 0
        while offset < bytes.byteCount, markByteCount < 3 {
            guard bytes.octet(at: offset) == Self.mark[Int(markByteCount)] else {
                passage.owedMarkByteCount = before
                markByteCount = 0
                hasInjected = false
                return
            }
            markByteCount += 1
            offset += 1
        }
        passage.droppedByteCount = offset
        if markByteCount == 3 { hasInjected = false }
    }
}

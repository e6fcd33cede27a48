/// Speaks with one client: bytes in, bytes out, and wishes for the loop.
///
/// Holds no descriptor and reads no clock, so every path can be followed without a socket. The loop feeds
/// ``receive(_:now:)``, writes ``output``, and obeys ``wantsInput``, ``wakeAt`` and ``ending``.
///
///     head ──▶ body ──▶ [delay] ──▶ [stream] ──▶ head …
///       │        └────▶ events, deaf ──▶ over
///       └─────────────▶ webSocket, deaf ──▶ over
struct Conversation: ~Copyable {
    /// How the connection is to end once all output is written.
    enum Ending: Equatable {
        case close
        case reset
    }

    enum State {
        case head
        case body(BodyDecoder)
        case delay(Answer)
        case stream(BodySource)
        case events(EventTicks)
        case webSocket(WebSocketEcho)
        /// Reads and says nothing more.
        case deaf
        case over
    }

    /// Reading stops while this many bytes wait to be written, or to be understood.
    static let backlogByteCountMax = 256 * 1024

    /// What waits to be written. The loop empties it and calls ``outputTaken(now:)``.
    var output: [UInt8] = []
    /// Set when the connection is to end after the output.
    var ending: Ending?
    /// When ``wake(now:)`` is to be called, in monotonic milliseconds.
    var wakeAt: UInt64?
    /// What the loop knows about the whole server; it sets this before each event.
    var statistics = Statistics()

    var state = State.head
    /// The request that is being read or answered.
    var request: RequestHead?
    /// What has come of the request's body.
    var tally: BodyTally?
    /// The trailer lines behind that body.
    var trailers: [[UInt8]] = []
    var input: [UInt8] = []
    var inputHasEnded = false
    /// Time of the event that is being handled, in monotonic milliseconds.
    var now: UInt64 = 0
    /// Requests so far on this connection.
    var requestCount: UInt64 = 0

    /// Number of the connection, which `/echo` shows.
    let identifier: UInt64
    /// Time between two server-sent events.
    let tickMilliseconds: UInt64
    let isEncrypted: Bool

    init(identifier: UInt64, tickMilliseconds: UInt64, isEncrypted: Bool) {
        self.identifier = identifier
        self.tickMilliseconds = tickMilliseconds
        self.isEncrypted = isEncrypted
    }

    /// Whether the loop should read.
    var wantsInput: Bool {
        ending == nil && !inputHasEnded && output.count < Self.backlogByteCountMax
            && input.count < Self.backlogByteCountMax
    }

    /// Bytes came in.
    mutating func receive(_ bytes: ArraySlice<UInt8>, now: UInt64) {
        self.now = now
        input += bytes
        advance()
    }

    /// The client will send nothing more. It may still read an answer that is under way.
    mutating func inputEnded(now: UInt64) {
        self.now = now
        inputHasEnded = true
        advance()
    }

    /// All output was written, so a body may go on.
    mutating func outputTaken(now: UInt64) {
        self.now = now
        if case .stream(let source) = state, source.delayMilliseconds == 0 { send(source) }
        advance()
    }

    /// The time in ``wakeAt`` has come.
    mutating func wake(now: UInt64) {
        self.now = now
        wakeAt = nil
        switch state {
        case .delay(let answer): give(answer)
        case .stream(let source): send(source)
        case .events(let ticks): send(ticks)
        case .head, .body, .webSocket, .deaf, .over: break
        }
        advance()
    }
}

import RouteTable

/// One request and its answer, from the parsed head to the line in the log.
struct Exchange: BitwiseCopyable {
    /// How the content of one direction is delimited, and how much of it is left.
    enum Content: BitwiseCopyable {
        case none
        /// This many bytes are left.
        case length(UInt64)
        case chunked(ChunkedDecoder)
        /// Until the peer closes.
        case untilClose

        /// Whether all chunks were read and the trailer was not: what there is of it is kept with its
        /// connection until it is whole.
        var awaitsTrailer: Bool {
            if case .chunked(let decoder) = self { decoder.awaitsTrailer } else { false }
        }
    }

    struct Flags: OptionSet, BitwiseCopyable {
        // Bits 18, 19, 23, 30 and 31 are free.
        let rawValue: UInt32

        /// Counts at its endpoint.
        static let holdsEndpoint = Flags(rawValue: 1 << 0)
        /// The client speaks HTTP/1.1, so that it knows chunks and interim answers.
        static let clientIsHTTP11 = Flags(rawValue: 1 << 1)
        static let wantsTunnel = Flags(rawValue: 1 << 2)
        /// The answer goes to the client in chunks of ours.
        static let chunksToClient = Flags(rawValue: 1 << 3)
        /// Waits for a connection.
        static let isPending = Flags(rawValue: 1 << 4)
        static let isEventStream = Flags(rawValue: 1 << 5)
        /// Some byte of an answer has arrived.
        static let sawAnswer = Flags(rawValue: 1 << 6)
        static let acceptsJSON = Flags(rawValue: 1 << 7)
        /// Waits for the addresses of its endpoint.
        static let awaitsAddresses = Flags(rawValue: 1 << 8)
        static let clientWantsPersistence = Flags(rawValue: 1 << 9)
        /// The endpoint's failure is counted already.
        static let failureNoted = Flags(rawValue: 1 << 10)
        /// The end of the answer is the end of the client's connection.
        static let closesToClient = Flags(rawValue: 1 << 11)
        /// It finds out whether an endpoint that was ejected works again.
        static let findsOut = Flags(rawValue: 1 << 12)
        /// Waits before another attempt.
        static let awaitsBackoff = Flags(rawValue: 1 << 13)
        /// The client is to be told which endpoint it is kept at.
        static let setsAffinity = Flags(rawValue: 1 << 14)
        /// The client names no host: the upstream is sent the endpoint's own.
        static let sendsEndpointHost = Flags(rawValue: 1 << 15)
        /// Its connection to the endpoint takes longer than it should, and that is known.
        static let dialIsLate = Flags(rawValue: 1 << 16)
        /// Its client's cookie names its endpoint.
        static let isKeptByCookie = Flags(rawValue: 1 << 17)
        /// The request's head names fields that end here, in a trailer too: none of that is passed on.
        static let dropsRequestTrailer = Flags(rawValue: 1 << 20)
        /// The same for the answer.
        static let dropsAnswerTrailer = Flags(rawValue: 1 << 21)
        /// The client may wait for 100 (Continue) before it sends content, and has sent none: it is the upstream's
        /// turn (RFC 9110, 10.1.1).
        static let awaitsContinue = Flags(rawValue: 1 << 22)
        /// The client has offered the subprotocol `bearer`, which no upstream has seen: see
        /// ``WorkerLoop/writeBearer()``.
        static let answersBearer = Flags(rawValue: 1 << 24)
        /// It has taken a place among the streams of a middleware.
        static let holdsPlace = Flags(rawValue: 1 << 25)
        /// That place counts for its client.
        static let placeCountsForClient = Flags(rawValue: 1 << 26)
        /// To be said of by an affinity cookie.
        static let clientSpeaksTLS = Flags(rawValue: 1 << 27)
        /// By lot, it has no line in the log.
        static let hasNoLine = Flags(rawValue: 1 << 28)
        /// The request brings a login that holds for its connection.
        static let logsConnectionIn = Flags(rawValue: 1 << 29)
    }

    // What each piece of content touches stands first, together: with thousands of streams every line of
    // memory that is looked at has to be fetched. Behind that the order is one without gaps.
    var state: ExchangeState
    var flags = Flags()
    let client: ConnectionToken
    var upstream = ConnectionToken.none
    /// Once upgraded: its session; `.max` before.
    var session: UInt32 = .max
    var sentBytes: UInt64 = 0
    var receivedBytes: UInt64 = 0
    var responseContent = Content.none
    /// Why a stream is ended that could go on.
    private(set) var end = StreamEnd.none
    /// Of an answer that is a stream of events.
    var events = EventStreamState(heartbeatMilliseconds: 0, isCoded: true, now: 0)
    var requestProtocol: RequestProtocol
    var method: Method
    /// Why it did not end well, or why connecting last failed; for the log.
    var fault = ExchangeFault.none
    /// Who stood in for the service that was asked for.
    var fallback = FallbackKind.none
    var status: UInt16 = 0
    /// Which address of the endpoint is tried next.
    var addressIndex: UInt16 = 0
    var requestContent: Content
    /// Where its route is counted.
    var metricSlot = MetricSlot.none
    /// The worker's table that this exchange began with. A stream may move to a newer one.
    var table: UInt32
    /// When a stream is ended that could go on; `.max` if it is not.
    private(set) var endDue = MonotonicMilliseconds.max
    /// Place of the host rule in the table.
    var hostRule: UInt32 = 0
    var route: RouteIndex?
    var service: ServiceIndex?
    /// Index of the endpoint in the table, once chosen.
    var endpoint: UInt32 = .max
    /// What it has to do with kept answers; `.max`: nothing.
    var keeper: UInt32 = .max
    /// Index of the middleware among whose streams it has taken a place, if ``Flags/holdsPlace`` says so.
    private(set) var placeMiddleware: UInt32 = .max
    /// Who asks, as routes see it.
    var clientAddress = ClientAddress(high: 0, low: 0)
    let startMicroseconds: UInt64
    /// When the request was handed to an upstream; 0 if it was not.
    var upstreamStartMicroseconds: UInt64 = 0
    /// When the answer's head came; 0 if it did not.
    var upstreamHeadMicroseconds: UInt64 = 0
    /// How many bytes had been received when the client's rate was last looked at.
    var ratedBytes: UInt64 = 0
    /// When what let the client in ends, so that a stream ends with it.
    var expires = TokenExpiry.never
    /// What was tried, the head as sent upstream, and what the log and the handshake need.
    var record = ExchangeRecord()

    init(
        state: ExchangeState, requestProtocol: RequestProtocol, method: Method,
        requestContent: Content, client: ConnectionToken, table: UInt32, startMicroseconds: UInt64
    ) {
        self.state = state
        self.requestProtocol = requestProtocol
        self.method = method
        self.requestContent = requestContent
        self.client = client
        self.table = table
        self.startMicroseconds = startMicroseconds
    }

    /// Has the stream ended at `due`, unless it ends earlier anyway.
    mutating func endBy(_ due: MonotonicMilliseconds, _ reason: StreamEnd) {
        guard due < endDue else { return }
        endDue = due
        end = reason
    }

    /// What was tried so far, as long as the answer's head has not come. Inlined, so that a field of it is read
    /// where it stands, and the exchange is not copied for that.
    var attempts: UpstreamAttempts {
        @inline(always)
        get { record.attempts }
        @inline(always)
        nonmutating set { record.attempts = newValue }
    }

    /// The place that its handshake was admitted with is its own from now on.
    mutating func take(_ admission: WebSocketAdmission) {
        if let place = admission.place { hold(place, of: admission.middleware) }
    }

    /// A place among the streams of a middleware is its own from now on.
    mutating func hold(_ place: StreamPlace, of middleware: UInt32) {
        precondition(place.isOf(clientAddress), "a place that was taken for somebody else")
        flags.insert(.holdsPlace)
        if place.countsForClient { flags.insert(.placeCountsForClient) }
        placeMiddleware = middleware
    }

    /// Its middleware has another index in the table that it has moved to.
    mutating func movePlace(to middleware: UInt32) { placeMiddleware = middleware }

    /// Lets go of the place, so that it can be given back.
    mutating func takePlace() -> StreamPlace? {
        guard flags.contains(.holdsPlace) else { return nil }
        let place = StreamPlace(
            for: clientAddress, countsForClient: flags.contains(.placeCountsForClient))
        flags.subtract([.holdsPlace, .placeCountsForClient])
        return place
    }

    /// What was due has been done.
    mutating func forgetEndDue() { endDue = .max }

    /// Whether it is a WebSocket, or events on their way.
    var isStream: Bool {
        state.isTunnel || (flags.contains(.isEventStream) && state.isStreaming)
    }

    /// Whether it is a stream that its client takes up again when it is ended: a WebSocket, or events
    /// that were asked for as EventSource does.
    var isResumable: Bool {
        isStream && (state.isTunnel || method == .get)
    }

    /// Whether the client's connection can carry another request after an answer of ours: no content
    /// of this one, and no frames of a refused upgrade, may still come.
    var persistsAfterFault: Bool {
        flags.contains(.clientWantsPersistence) && !flags.contains(.wantsTunnel)
            && state.mayClientPersist
    }

    /// Whether a client whose connection is just closed would take the answer for complete.
    func looksComplete(afterCutBy fault: ExchangeFault) -> Bool {
        if status == 101 { return fault.side == .upstream }
        return flags.contains(.closesToClient) && fault != .clientClosed && fault != .clientReset
    }

    /// Whether the answer's content lasts until the upstream closes.
    var answerEndsWithClose: Bool {
        if case .untilClose = responseContent { true } else { false }
    }
}

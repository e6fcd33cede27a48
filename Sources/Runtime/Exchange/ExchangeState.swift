/// Decides what happens between the head of a request and the end of its answer.
///
/// Holds no descriptor, buffer or clock. The caller performs the returned action and reports the
/// result as the next event, so every path can be tested without a socket.
///
///     connecting ──connected──▶ awaitingHead ──head──▶ streaming ──content ended──▶ finished
///         │  ▲                     │    │                  │
///         │  └──────retry──────────┘    └──101──▶ tunnel   │
///         └──────── fault: answer, or cut what has begun ──┴──────▶ finished
package struct ExchangeState: BitwiseCopyable, Equatable, Sendable {
    private enum Phase: UInt8, BitwiseCopyable {
        /// No connection to an upstream yet: names are resolved, addresses tried.
        case connecting
        /// The head was sent, or is on its way; no final head has come back.
        case awaitingHead
        /// The final head went to the client; content follows.
        case streaming
        /// Both sides switched protocols; frames pass, as ``WebSocketSession`` decides.
        case tunnel
        /// Nothing more may be written to either peer.
        case finished
    }

    /// How the connections are left behind.
    package struct Ending: Equatable, Sendable {
        /// The client's connection can carry another request.
        package var clientPersists: Bool
        /// The upstream's connection can go back to the pool.
        package var upstreamPersists: Bool

        package init(clientPersists: Bool, upstreamPersists: Bool) {
            self.clientPersists = clientPersists
            self.upstreamPersists = upstreamPersists
        }
    }

    /// Most interim heads before the final one. A few mean something; without a bound an upstream
    /// could send them for ever, and no timeout would see it.
    package static let interimHeadCountMax = 250

    private var phase = Phase.connecting
    private var interimHeadCount: UInt8 = 0
    private var requestEnded: Bool
    private var clientPersists: Bool
    private var upstreamPersists = false
    /// The connection came from the pool, so its peer may have closed it before it saw the request.
    private var isReused = false
    /// The request may be sent a second time: its method is idempotent and it has no content.
    private let mayRepeat: Bool

    /// - Parameters:
    ///   - hasContent: The request's head announces content.
    ///   - mayRepeat: The method is idempotent and there is no content.
    ///   - clientPersists: The client wants to keep its connection.
    package init(hasContent: Bool, mayRepeat: Bool, clientPersists: Bool) {
        requestEnded = !hasContent
        self.mayRepeat = mayRepeat && !hasContent
        self.clientPersists = clientPersists
    }

    /// Whether both sides have switched protocols.
    package var isTunnel: Bool { phase == .tunnel }
    /// Whether no connection has been made yet.
    package var isConnecting: Bool { phase == .connecting }
    /// Whether the upstream owes the head of its answer.
    package var awaitsHead: Bool { phase == .awaitingHead }
    /// Whether content of the answer is passing.
    package var isStreaming: Bool { phase == .streaming }
    /// Whether the client still owes content.
    package var expectsRequestContent: Bool { !requestEnded && phase != .finished }
    /// Whether the request's content had not ended when last heard of; also after the end.
    package var owedContent: Bool { !requestEnded }
    /// Whether the client's connection can carry another request once this one has its answer: nothing of this one's
    /// content may still come, also where it is not passed on any more.
    package var mayClientPersist: Bool { requestEnded && clientPersists }
    /// Whether an answer of our own can still be sent: nothing of another one has been.
    package var canStillAnswer: Bool { phase == .connecting || phase == .awaitingHead }

    /// Whether the request may be sent once more: its method is idempotent, it has no content, and
    /// nothing of an answer but interim heads has gone to the client.
    package var mayStartOver: Bool { phase == .awaitingHead && mayRepeat }
    /// Whether the request may be sent a second time at all.
    package var isRepeatable: Bool { mayRepeat }
    /// Whether the connection in use carried other requests before.
    package var isOnReusedConnection: Bool { phase == .awaitingHead && isReused }

    /// The request is sent again, over another connection.
    package mutating func startOver() {
        precondition(mayStartOver, "a request is repeated that may not be")
        phase = .connecting
    }

    /// A connection is there, fresh or from the pool; the head goes out on it.
    package mutating func connected(isReused: Bool) {
        precondition(phase == .connecting, "connected twice")
        phase = .awaitingHead
        self.isReused = isReused
    }

    /// All content of the request has been passed on.
    package mutating func requestContentEnded() {
        precondition(!requestEnded, "the request's content ended twice")
        requestEnded = true
    }

    /// The upstream takes no more of the request's content; what the client still sends is not passed on.
    package mutating func abandonRequestContent() {
        if !requestEnded { clientPersists = false }
        requestEnded = true
    }

    /// The answer can only be ended by closing the client's connection.
    package mutating func clientMustClose() { clientPersists = false }

    /// What to do with a head of the upstream.
    package enum HeadAction: Equatable, Sendable {
        /// Pass it on; the final head is still to come.
        case forwardInterim
        /// Pass it on; content follows, or not.
        case forward(clientPersists: Bool)
        /// Pass it on and relay from here on.
        case openTunnel
        /// It is none that may be passed on.
        case answer(HTTPStatus)
    }

    /// A head came from the upstream.
    ///
    /// - Parameters:
    ///   - isInterim: 1xx other than 101.
    ///   - switchesProtocols: 101.
    ///   - handshakeHolds: The request was a WebSocket handshake and this 101 accepts it (RFC 6455, 4.1).
    ///   - wantsTunnel: The request was a WebSocket handshake.
    ///   - upstreamPersists: The upstream keeps its connection.
    package mutating func responseHead(
        isInterim: Bool,
        switchesProtocols: Bool,
        handshakeHolds: Bool,
        wantsTunnel: Bool,
        upstreamPersists: Bool
    ) -> HeadAction {
        precondition(phase == .awaitingHead, "a response head without a request")
        if isInterim {
            guard interimHeadCount < Self.interimHeadCountMax else {
                phase = .finished
                return .answer(.badGateway)
            }
            interimHeadCount += 1
            return .forwardInterim
        }
        if switchesProtocols {
            guard handshakeHolds else {
                phase = .finished
                return .answer(.badGateway)
            }
            phase = .tunnel
            return .openTunnel
        }
        phase = .streaming
        self.upstreamPersists = upstreamPersists
        // A refused handshake leaves bytes of the client that were meant for the tunnel, and content
        // that the client still sends can't be told from its next request if the upstream lost
        // interest: in both cases nothing more may be read from this client.
        if wantsTunnel || !requestEnded { clientPersists = false }
        return .forward(clientPersists: clientPersists)
    }

    /// All content of the answer has been passed on.
    ///
    /// - Returns: How it ends. An answer that ends before the request's content did ends both.
    package mutating func responseContentEnded() -> Ending {
        precondition(phase == .streaming, "content ended that had not begun")
        if !requestEnded {
            requestEnded = true
            clientPersists = false
            upstreamPersists = false
        }
        phase = .finished
        return Ending(clientPersists: clientPersists, upstreamPersists: upstreamPersists)
    }

    /// What to do when a side fails, closes or is too slow: it depends on how far the exchange has
    /// come.
    package enum FaultAction: Equatable, Sendable {
        /// Take another connection and send the request again.
        case retry
        /// Tell the client.
        case answer(HTTPStatus)
        /// The answer has begun and can't be taken back: cut the client's connection.
        case cut
        /// The stream ended as streams without a length do.
        case finish(Ending)
        /// Late, and of no interest.
        case ignore
    }

    /// No address of the upstream could be reached.
    ///
    /// - Parameter isOurs: This process has no descriptor or slot left to try.
    package mutating func connectFailed(timedOut: Bool, isOurs: Bool = false) -> FaultAction {
        guard phase == .connecting else { return .ignore }
        phase = .finished
        if isOurs { return .answer(.serviceUnavailable) }
        return .answer(timedOut ? .gatewayTimeout : .badGateway)
    }

    /// The upstream closed or broke its connection. Of a tunnel only a break is told.
    ///
    /// - Parameters:
    ///   - isEnd: It closed in order; false for a reset or a fault of TLS.
    ///   - endsContent: The answer's content lasts until the close.
    ///   - sawBytes: Some byte of an answer to this request has arrived.
    package mutating func upstreamClosed(
        isEnd: Bool, endsContent: Bool, sawBytes: Bool
    ) -> FaultAction {
        switch phase {
        case .connecting:
            preconditionFailure("an upstream closed before it was connected")
        case .awaitingHead:
            if isReused, mayRepeat, !sawBytes {
                phase = .connecting
                return .retry
            }
            phase = .finished
            return .answer(.badGateway)
        case .streaming:
            if isEnd, endsContent {
                upstreamPersists = false
                return .finish(responseContentEnded())
            }
            phase = .finished
            return .cut
        case .tunnel:
            if isEnd { preconditionFailure("the end of a tunnel's side is no fault") }
            phase = .finished
            return .cut
        case .finished:
            return .ignore
        }
    }

    /// The upstream sent something that is no answer, or one that counts as none.
    package mutating func upstreamFailed() -> FaultAction {
        fail(with: .badGateway)
    }

    /// The answer is a stream, and there are as many as there may be.
    package mutating func streamRefused(_ status: HTTPStatus) -> FaultAction {
        fail(with: status)
    }

    /// The upstream was silent for too long.
    package mutating func upstreamTimedOut() -> FaultAction {
        fail(with: .gatewayTimeout)
    }

    /// The client sent content that can't be understood, too much of it, or too slowly.
    package mutating func clientFailed(_ status: HTTPStatus) -> FaultAction {
        fail(with: status)
    }

    /// The client closed or broke its connection. Of a tunnel only a break is told.
    package mutating func clientClosed(isEnd: Bool) -> FaultAction {
        switch phase {
        case .tunnel where isEnd: preconditionFailure("the end of a tunnel's side is no fault")
        case .finished: return .ignore
        case .connecting, .awaitingHead, .streaming, .tunnel:
            phase = .finished
            return .cut
        }
    }

    /// Both directions of the tunnel have ended, or it is cut for a reason of ours.
    package mutating func tunnelEnded() {
        precondition(phase == .tunnel, "a tunnel ended that was not there")
        phase = .finished
    }

    private mutating func fail(with status: HTTPStatus) -> FaultAction {
        switch phase {
        case .connecting, .awaitingHead:
            phase = .finished
            return .answer(status)
        case .streaming, .tunnel:
            phase = .finished
            return .cut
        case .finished:
            return .ignore
        }
    }
}

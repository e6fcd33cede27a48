import Glibc

/// What went wrong in an exchange, and whose fault it was: for the access log.
package enum ExchangeFault: UInt8, BitwiseCopyable, Sendable {
    case none
    case clientSentBadHead
    case clientSentBadContent
    case clientContentTooLarge
    case clientClosed
    case clientReset
    case clientTooSlow
    case clientDoesNotRead
    case pathRefused
    case patternTooExpensive
    case upstreamRefused
    case upstreamUnreachable
    case upstreamDialTimeout
    case upstreamUnresolved
    case upstreamTLSFailed
    case upstreamTLSTimeout
    case upstreamClosedBeforeHead
    case upstreamResetBeforeHead
    case upstreamSentBadHead
    case upstreamHeadTooLarge
    case upstreamSentTooManyFields
    case upstreamSentBadFraming
    case upstreamSentTooManyHeads
    case upstreamSentBadContent
    case upstreamSentFailure
    case upstreamBadHandshake
    case upstreamSwitchedUnasked
    case upstreamClosedInContent
    case upstreamReset
    case upstreamResetWhileOpen
    case upstreamTimedOut
    case upstreamDoesNotRead
    case tunnelIdle
    case outOfConnections
    case outOfPorts
    case drained
    case headTooLargeToForward
    case upstreamUnavailable
    case upstreamFull
    case proxyRefused
    case proxyAuthentication
    case proxyAnswerInvalid
    case proxyTimeout
    case proxyNotListening
    case proxyUnreachable
    case proxyUnresolved
    case proxyTLSFailed
    case proxyReset
    case draining
    case durationOver
    case endedByDrain
    case endedByReload
    case closedByOperator
    case clientBrokeFrames
    case upstreamBrokeFrames
    case clientSilent
    case upstreamSilent
    case upstreamClosedWithoutClose
    case upstreamEndedWithoutNotify
    case upstreamSentAlert
    case upstreamRenegotiates
    case originRefused
    case tooManyStreams
    case tooManyStreamsOfClient
    case addressRefused
    case guardTimeout
    case headerValueRefused
    case tooManyRequests
    case authMissing
    case authMalformed
    case authAlgorithm
    case authKey
    case authSignature
    case authExpired
    case authNotYetValid
    case authIssuer
    case authAudience
    case authRole
    case authPassword
    case authRefusedByOther
    case authBusy
    case authNoAnswer
    case authExpiredWhileOpen

    var side: FaultSide {
        switch self {
        case .none: .none
        case .clientSentBadHead, .clientSentBadContent, .clientContentTooLarge, .clientClosed,
            .clientReset, .clientTooSlow, .clientDoesNotRead, .pathRefused, .headTooLargeToForward,
            .addressRefused, .headerValueRefused, .tooManyRequests, .authMissing, .authMalformed,
            .authAlgorithm, .authKey, .authSignature, .authExpired, .authNotYetValid, .authIssuer,
            .authAudience, .authRole, .authPassword, .authRefusedByOther, .authExpiredWhileOpen:
            .client
        case .tooManyStreamsOfClient, .clientBrokeFrames, .clientSilent, .originRefused:
            .client
        case .patternTooExpensive, .outOfConnections, .outOfPorts, .upstreamFull, .drained,
            .tunnelIdle,
            .closedByOperator, .tooManyStreams, .draining, .durationOver, .endedByDrain,
            .endedByReload, .guardTimeout, .authBusy, .authNoAnswer:
            .proxy
        default: .upstream
        }
    }

    /// Whether the exchange ended as somebody wanted it to: nothing that a log of errors is for.
    var isIntended: Bool {
        switch self {
        case .none, .durationOver, .endedByDrain, .endedByReload, .closedByOperator: true
        default: false
        }
    }

    /// A few words for the log.
    package var reason: StaticString {
        switch self {
        case .none: ""
        case .clientSentBadHead: "request head refused"
        case .clientSentBadContent: "request content refused"
        case .clientContentTooLarge: "request content too large"
        case .clientClosed: "client closed"
        case .clientReset: "client reset"
        case .clientTooSlow: "client sent too slowly"
        case .clientDoesNotRead: "client does not read"
        case .pathRefused: "path or host refused"
        case .patternTooExpensive: "a pattern exceeded its limit"
        case .upstreamRefused: "connection refused"
        case .upstreamUnreachable: "no address could be reached"
        case .upstreamDialTimeout: "dial timeout"
        case .upstreamUnresolved: "name does not resolve"
        case .upstreamTLSFailed: "TLS handshake failed"
        case .upstreamTLSTimeout: "dial timeout in the TLS handshake"
        case .upstreamClosedBeforeHead: "closed before an answer"
        case .upstreamResetBeforeHead: "reset before an answer"
        case .upstreamSentBadHead: "answer is not valid HTTP"
        case .upstreamHeadTooLarge: "head of the answer is too large"
        case .upstreamSentTooManyFields: "answer has too many fields"
        case .upstreamSentBadFraming: "where the answer ends is not clear"
        case .upstreamSentTooManyHeads: "too many interim answers"
        case .upstreamSentBadContent: "answer content is not valid"
        case .upstreamSentFailure: "answered with a status that means a failure"
        case .upstreamBadHandshake: "WebSocket handshake not accepted"
        case .upstreamSwitchedUnasked: "switched protocols unasked"
        case .upstreamClosedInContent: "closed in the middle of the answer"
        case .upstreamReset: "reset in the middle of the answer"
        case .upstreamResetWhileOpen: "reset while open"
        case .upstreamTimedOut: "read timeout"
        case .upstreamDoesNotRead: "does not read"
        case .tunnelIdle: "silent for too long"
        case .outOfConnections: "out of connections"
        case .outOfPorts: "out of local ports"
        case .drained: "drain timeout"
        case .upstreamUnavailable: "no backend is available"
        case .upstreamFull: "this service has as many requests as it may"
        case .proxyRefused: "the proxy on the way refused the connection"
        case .proxyAuthentication: "the proxy on the way wants other credentials"
        case .proxyAnswerInvalid: "the proxy on the way did not answer as a proxy"
        case .proxyTimeout: "dial timeout at the proxy on the way"
        case .proxyNotListening: "connection refused at the proxy on the way"
        case .proxyUnreachable: "no address of the proxy on the way could be reached"
        case .proxyUnresolved: "name of the proxy on the way does not resolve"
        case .proxyTLSFailed: "TLS handshake with the proxy on the way failed"
        case .proxyReset: "the proxy on the way reset the connection"
        case .guardTimeout: "a guard took too long"
        case .headerValueRefused: "a header can't be made of the request"
        case .originRefused: "origin not allowed"
        case .tooManyRequests: "rate limit"
        case .authMissing: "no token and no password"
        case .authMalformed: "token is malformed"
        case .authAlgorithm: "token is signed in a way that is not allowed"
        case .authKey: "token is signed with an unknown key"
        case .authSignature: "token has a wrong signature"
        case .authExpired: "token has expired"
        case .authNotYetValid: "token is not valid yet"
        case .authIssuer: "token comes from another issuer"
        case .authAudience: "token is for another audience"
        case .authRole: "token has none of the roles"
        case .authPassword: "name or password is wrong"
        case .authRefusedByOther: "refused by forward_auth"
        case .authBusy: "too many passwords are being checked"
        case .authNoAnswer: "forward_auth gave no answer"
        case .authExpiredWhileOpen: "token has expired while open"
        case .addressRefused: "address not let in"
        case .headTooLargeToForward: "request head too large to forward"
        case .draining: "this proxy is about to end"
        case .durationOver: "max_duration is over"
        case .endedByDrain: "ended by a drain"
        case .endedByReload: "ended by a reload"
        case .closedByOperator: "closed by an operator"
        case .clientBrokeFrames, .upstreamBrokeFrames: "WebSocket frames refused"
        case .clientSilent, .upstreamSilent: "no answer to a ping"
        case .upstreamClosedWithoutClose: "closed without a Close frame"
        case .upstreamEndedWithoutNotify: "ended TLS without close_notify"
        case .upstreamSentAlert: "sent a TLS alert"
        case .upstreamRenegotiates: "wants to renegotiate TLS"
        case .tooManyStreams: "too many connections on this route"
        case .tooManyStreamsOfClient: "too many connections of one client on this route"
        }
    }

    /// What is wrong with the head of an answer.
    init(answerHead fault: HeadFault) {
        self =
            switch fault {
            case .headTooLarge: .upstreamHeadTooLarge
            case .tooManyFields: .upstreamSentTooManyFields
            case .invalidContentLength, .repeatedContentLength, .lengthWithTransferEncoding,
                .invalidTransferEncoding, .unknownTransferCoding, .transferEncodingBeforeHTTP11,
                .contentWhereNoneMayBe:
                .upstreamSentBadFraming
            default: .upstreamSentBadHead
            }
    }

    /// Why a stream was refused.
    init(_ refusal: StreamRefusal) {
        self =
            switch refusal {
            case .full: .tooManyStreams
            case .fullForClient: .tooManyStreamsOfClient
            }
    }

    /// What the log says of a stream that the proxy has ended.
    init(_ end: StreamEnd) {
        self =
            switch end {
            case .none: .none
            case .duration: .durationOver
            case .signal, .request: .endedByDrain
            case .routeChanged: .endedByReload
            case .operatorRequest: .closedByOperator
            case .tokenExpired: .authExpiredWhileOpen
            }
    }

    /// Whether `dial_timeout` was over, at whatever stage.
    package var isDialTimeout: Bool {
        self == .upstreamDialTimeout || self == .upstreamTLSTimeout || self == .proxyTimeout
    }

    /// The same of a dial that had got no further than to the proxy on the way: the backend was not asked yet.
    package var atProxy: ExchangeFault {
        switch self {
        case .upstreamRefused: .proxyNotListening
        case .upstreamUnreachable: .proxyUnreachable
        case .upstreamDialTimeout, .upstreamTLSTimeout: .proxyTimeout
        case .upstreamUnresolved: .proxyUnresolved
        case .upstreamTLSFailed: .proxyTLSFailed
        case .upstreamResetBeforeHead: .proxyReset
        default: self
        }
    }

    /// The same where TLS says more of what broke.
    package func specified(by failure: TLSFailure?) -> ExchangeFault {
        switch failure {
        case .truncated: .upstreamEndedWithoutNotify
        case .alert: .upstreamSentAlert
        case .renegotiation: .upstreamRenegotiates
        default: self
        }
    }

    /// Whether something is lacking here, so that it says nothing about the backend.
    package var isOwnShortage: Bool { self == .outOfConnections || self == .outOfPorts }

    /// What is told of the addresses of a backend of which one more could not be connected to. What says something
    /// about the backend goes before what is lacking here.
    package func followed(by next: ExchangeFault) -> ExchangeFault {
        next.isOwnShortage && side == .upstream ? self : next
    }

    /// What the error of a connect means.
    package init(connectError number: Int32) {
        switch number {
        case EADDRNOTAVAIL: self = .outOfPorts
        case EMFILE, ENFILE, ENOBUFS, ENOMEM: self = .outOfConnections
        case ECONNREFUSED: self = .upstreamRefused
        case ETIMEDOUT: self = .upstreamDialTimeout
        // It was there, and gone before anybody had looked.
        case ECONNRESET, EPIPE: self = .upstreamResetBeforeHead
        default: self = .upstreamUnreachable
        }
    }
}

/// Why the proxy ends a stream, a WebSocket or one of events, that could go on.
enum StreamEnd: UInt8, BitwiseCopyable, Sendable {
    /// It does not.
    case none
    /// `max_duration` is over.
    case duration
    /// SIGTERM or SIGINT.
    case signal
    /// A drain was asked for.
    case request
    /// A reload has removed or changed what it belongs to.
    case routeChanged
    /// Somebody has closed it over the admin listener.
    case operatorRequest
    /// The token that its client came in with has ended.
    case tokenExpired

    init(_ reason: DrainReason) {
        self =
            switch reason {
            case .signal: .signal
            case .request: .request
            }
    }

    /// What a WebSocket's Close says.
    var closeCode: CloseCode {
        switch self {
        case .none, .duration, .operatorRequest: .normal
        case .signal: .goingAway
        case .request, .routeChanged: .serviceRestart
        case .tokenExpired: .policyViolation
        }
    }

    /// What it says beside the code.
    var closeReason: CloseReason {
        self == .tokenExpired ? CloseReason("the token has expired") : CloseReason()
    }

    /// Whether clients of event streams are told when to come back.
    var spreadsReturn: Bool {
        switch self {
        case .signal, .request, .routeChanged: true
        case .none, .duration, .operatorRequest, .tokenExpired: false
        }
    }
}

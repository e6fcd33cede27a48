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

    init(_ reason: DrainReason) {
        self =
            switch reason {
            case .signal: .signal
            case .request: .request
            }
    }

    /// What a WebSocket's Close says (RFC 6455, 7.4.1, and the registry of close codes for 1012).
    var closeCode: UInt16 {
        switch self {
        case .none, .duration: 1000
        case .signal: 1001
        case .request, .routeChanged: 1012
        }
    }
}

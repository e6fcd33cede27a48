/// What is counted of the proxy as a whole. Each worker counts its own.
package enum ProxyCounter: Int, CaseIterable, BitwiseCopyable, Sendable {
    case clientsAccepted
    /// Clients that are connected now.
    case clientsOpen
    case clientHandshakes
    case failedClientHandshakes
    case upstreamHandshakes
    case failedUpstreamHandshakes
    /// Attempts to reach a backend for which `dial_timeout` was over, by what they waited for.
    case connectTimeouts
    case handshakeTimeouts
    case proxyTimeouts
    /// Requests that were answered with 503 because a regex ran out of steps.
    case regexBudgetExceeded

    // Limits that were hit: `wsproxy_limit_hits_total`.
    case limitConnections
    case limitConnectionsPerClient
    case limitIdleClosed
    case limitHeadSize
    case limitTargetSize
    case limitContentSize
    case limitUpstream
    case limitRate
    case limitWebSockets
    case limitWebSocketsPerClient
    case limitMessageRate
    case limitMessageSize
    case limitFrameSize
    case limitStreams
    case limitStreamsPerClient
    case limitHandshakes
    case limitStreamDuration

    // Requests that were refused before any upstream was asked: `wsproxy_auth_refusals_total`.
    case authMissing
    case authMalformed
    case authAlgorithm
    case authUnknownKey
    case authSignature
    case authExpired
    case authNotYetValid
    case authIssuer
    case authAudience
    case authRole
    case authPassword
    /// Too many passwords were being checked.
    case authBusy
    case authForward
    case authForwardUnavailable
    /// A connection that was open when its token expired.
    case authExpiredWhileOpen

    // Others that middlewares refused: `wsproxy_refusals_total`.
    case refusedByAddress
    case refusedByOrigin

    var series: MetricSeries {
        switch self {
        case .clientsAccepted: MetricSeries(.clientsAccepted)
        case .clientsOpen: MetricSeries(.clientsOpen)
        case .clientHandshakes: MetricSeries(.handshakes, "side=\"client\",result=\"ok\"")
        case .failedClientHandshakes: MetricSeries(.handshakes, "side=\"client\",result=\"failed\"")
        case .upstreamHandshakes: MetricSeries(.handshakes, "side=\"upstream\",result=\"ok\"")
        case .failedUpstreamHandshakes:
            MetricSeries(.handshakes, "side=\"upstream\",result=\"failed\"")
        case .connectTimeouts: MetricSeries(.dialTimeouts, "stage=\"connect\"")
        case .handshakeTimeouts: MetricSeries(.dialTimeouts, "stage=\"tls\"")
        case .proxyTimeouts: MetricSeries(.dialTimeouts, "stage=\"proxy\"")
        case .regexBudgetExceeded: MetricSeries(.regexBudgetExceeded)
        case .refusedByAddress: MetricSeries(.refusals, "reason=\"ip_filter\"")
        case .refusedByOrigin: MetricSeries(.refusals, "reason=\"origin\"")
        default: rawValue < Self.authMissing.rawValue ? limitSeries : authSeries
        }
    }

    private var limitSeries: MetricSeries {
        let labels: StaticString =
            switch self {
            case .limitConnections: "limit=\"connections\""
            case .limitConnectionsPerClient: "limit=\"connections_per_client\""
            case .limitIdleClosed: "limit=\"idle_closed_for_new\""
            case .limitHeadSize: "limit=\"header_bytes\""
            case .limitTargetSize: "limit=\"url_bytes\""
            case .limitContentSize: "limit=\"body_bytes\""
            case .limitUpstream: "limit=\"upstream\""
            case .limitRate: "limit=\"rate\""
            case .limitWebSockets: "limit=\"websocket_connections\""
            case .limitWebSocketsPerClient: "limit=\"websocket_connections_per_client\""
            case .limitMessageRate: "limit=\"websocket_messages_per_minute\""
            case .limitMessageSize: "limit=\"websocket_message_size\""
            case .limitFrameSize: "limit=\"websocket_frame_size\""
            case .limitStreams: "limit=\"sse_connections\""
            case .limitStreamsPerClient: "limit=\"sse_connections_per_client\""
            case .limitHandshakes: "limit=\"tls_handshakes\""
            default: "limit=\"sse_duration\""
            }
        return MetricSeries(.limitHits, labels)
    }

    private var authSeries: MetricSeries {
        let labels: StaticString =
            switch self {
            case .authMissing: "reason=\"missing\""
            case .authMalformed: "reason=\"malformed\""
            case .authAlgorithm: "reason=\"algorithm\""
            case .authUnknownKey: "reason=\"unknown_key\""
            case .authSignature: "reason=\"signature\""
            case .authExpired: "reason=\"expired\""
            case .authNotYetValid: "reason=\"not_yet_valid\""
            case .authIssuer: "reason=\"issuer\""
            case .authAudience: "reason=\"audience\""
            case .authRole: "reason=\"role\""
            case .authPassword: "reason=\"password\""
            case .authBusy: "reason=\"busy\""
            case .authForward: "reason=\"forward_auth\""
            case .authForwardUnavailable: "reason=\"forward_auth_unavailable\""
            default: "reason=\"expired_while_open\""
            }
        return MetricSeries(.authRefusals, labels)
    }
}

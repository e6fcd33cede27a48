/// What a middleware was told, by its type.
package enum MiddlewareConfiguration: Sendable {
    case webSocket(WebSocketPolicy)
    case sse(EventStreamPolicy)
    case auth(AuthPolicy)
    case rateLimit(RateLimitPolicy)
    case cors(CORSPolicy)
    case headers(HeadersPolicy)
    case ipFilter(IPFilterPolicy)
    case logging(LoggingPolicy)
    case dynamicRoute(DynamicRoutePolicy)

    /// Whether the proxy acts on it. It does on all of them, so that WR100 is raised for none: that is for a type
    /// that is understood before it is acted on.
    package var hasEffect: Bool {
        switch self {
        case .webSocket, .sse, .auth, .ipFilter, .rateLimit, .cors, .headers, .dynamicRoute,
            .logging:
            true
        }
    }

    /// The word that `type` uses.
    package var typeName: String {
        switch self {
        case .webSocket: "websocket"
        case .sse: "sse"
        case .auth: "auth"
        case .rateLimit: "rate_limit"
        case .cors: "cors"
        case .headers: "headers"
        case .ipFilter: "ip_filter"
        case .logging: "logging"
        case .dynamicRoute: "dynamic_route"
        }
    }
}

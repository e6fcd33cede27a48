/// What a middleware does. The numbers stand in tables.
public enum MiddlewareKind: UInt8, CaseIterable, BitwiseCopyable, Sendable {
    case webSocket = 1
    case eventStream
    case auth
    case rateLimit
    case cors
    case headers
    case ipFilter
    case logging
    case dynamicRoute
}

extension MiddlewareKind {
    /// The section that holds what middlewares of this kind were told; nil if there is none.
    public var policySection: SectionKind? {
        switch self {
        case .webSocket: .webSocketPolicies
        case .eventStream: .eventStreamPolicies
        case .auth: .authPolicies
        case .logging: .loggingPolicies
        case .rateLimit: .rateLimits
        case .cors: .corsPolicies
        case .headers: .headerPolicies
        case .ipFilter: .ipFilters
        case .dynamicRoute: .dynamicRoutes
        }
    }

    /// Whether it has a step of its own before a request is sent on or answered.
    public var isGuard: Bool {
        switch self {
        case .auth, .rateLimit, .cors, .headers, .ipFilter, .dynamicRoute: true
        case .webSocket, .eventStream, .logging: false
        }
    }
}

/// What a middleware does. The numbers stand in tables.
public enum MiddlewareKind: UInt8, CaseIterable, Sendable {
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
        case .eventStream: .eventStreamPolicies
        case .logging: .loggingPolicies
        case .webSocket, .auth, .rateLimit, .cors, .headers, .ipFilter, .dynamicRoute: nil
        }
    }
}

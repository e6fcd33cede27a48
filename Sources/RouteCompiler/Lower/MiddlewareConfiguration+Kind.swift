import TableFormat
import Validate

extension MiddlewareConfiguration {
    /// What the table calls its type.
    var kind: MiddlewareKind {
        switch self {
        case .webSocket: .webSocket
        case .sse: .eventStream
        case .auth: .auth
        case .rateLimit: .rateLimit
        case .cors: .cors
        case .headers: .headers
        case .ipFilter: .ipFilter
        case .logging: .logging
        case .dynamicRoute: .dynamicRoute
        }
    }
}

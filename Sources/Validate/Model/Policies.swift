/// Placeholder bodies of the middlewares' settings; each moves to a file of its own with its fields.
package struct WebSocketPolicy: Equatable, Sendable { package init() {} }
package struct EventStreamPolicy: Equatable, Sendable { package init() {} }
package struct AuthPolicy: Equatable, Sendable { package init() {} }
package struct RateLimitPolicy: Equatable, Sendable { package init() {} }
package struct CORSPolicy: Equatable, Sendable { package init() {} }
package struct HeadersPolicy: Equatable, Sendable { package init() {} }
package struct IPFilterPolicy: Equatable, Sendable { package init() {} }
package struct LoggingPolicy: Equatable, Sendable { package init() {} }
package struct DynamicRoutePolicy: Equatable, Sendable { package init() {} }

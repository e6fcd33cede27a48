/// Where requests go. Times are milliseconds; nil means the default from `advanced`.
package struct Service: Sendable {
    package var name: Located<String>
    /// At least one.
    package var backends: [Backend]
    package var strategy: BalancingStrategy
    /// Host (and SNI) sent upstream instead of the client's.
    package var proxyHost: String?
    package var readTimeoutMilliseconds: UInt32?
    package var writeTimeoutMilliseconds: UInt32?
    package var dialTimeoutMilliseconds: UInt32?
    package var pingIntervalMilliseconds: UInt32?
    package var tls: UpstreamTLS
    package var sessionAffinity: SessionAffinity?
    package var healthCheck: HealthCheck?
    package var retry: RetryPolicy?
    package var circuitBreaker: CircuitBreaker?
    /// Index of the service that takes over when no backend of this one can be had.
    package var fallbackService: Int?
    /// What is done where that has failed too; with what the top level says.
    package var fallback: Fallback
    package var upstreamProxy: UpstreamProxy
    /// Whether its definition has no mistake.
    package var isKnown = true

    package init(name: Located<String>, backends: [Backend]) {
        self.name = name
        self.backends = backends
        self.strategy = .roundRobin
        self.tls = UpstreamTLS()
        self.fallback = Fallback()
        self.upstreamProxy = .direct
    }
}

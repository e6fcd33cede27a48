/// `load_balancer.session_affinity`
package struct SessionAffinity: Equatable, Sendable {
    package var cookieName: String
    package var timeoutMilliseconds: UInt32

    package init(cookieName: String, timeoutMilliseconds: UInt32) {
        self.cookieName = cookieName
        self.timeoutMilliseconds = timeoutMilliseconds
    }
}

/// `health_check` of a service.
package struct HealthCheck: Equatable, Sendable {
    package var path: String
    package var intervalMilliseconds: UInt32
    package var timeoutMilliseconds: UInt32
    package var healthyThreshold: UInt32
    package var unhealthyThreshold: UInt32
    /// The status codes that count as healthy, as inclusive ranges.
    package var expectedStatuses: [ClosedRange<UInt16>]

    package init(
        path: String,
        intervalMilliseconds: UInt32,
        timeoutMilliseconds: UInt32,
        healthyThreshold: UInt32,
        unhealthyThreshold: UInt32,
        expectedStatuses: [ClosedRange<UInt16>]
    ) {
        self.path = path
        self.intervalMilliseconds = intervalMilliseconds
        self.timeoutMilliseconds = timeoutMilliseconds
        self.healthyThreshold = healthyThreshold
        self.unhealthyThreshold = unhealthyThreshold
        self.expectedStatuses = expectedStatuses
    }
}

/// `retry` of a service.
package struct RetryPolicy: Equatable, Sendable {
    package enum Trigger: Equatable, Sendable {
        case connectFailure
        case status(UInt16)
    }

    package var attempts: UInt32
    package var backoffMilliseconds: UInt32
    package var backoffMillisecondsMax: UInt32
    package var triggers: [Trigger]

    package init(
        attempts: UInt32,
        backoffMilliseconds: UInt32,
        backoffMillisecondsMax: UInt32,
        triggers: [Trigger]
    ) {
        self.attempts = attempts
        self.backoffMilliseconds = backoffMilliseconds
        self.backoffMillisecondsMax = backoffMillisecondsMax
        self.triggers = triggers
    }
}

/// `circuit_breaker` of a service; nil means no such limit.
package struct CircuitBreaker: Equatable, Sendable {
    package var connectionsMax: UInt32?
    package var pendingMax: UInt32?
    package var consecutiveFailures: UInt32?
    package var ejectionTimeMilliseconds: UInt32?

    package init() {}
}

/// `upstream_proxy` of a service.
package enum UpstreamProxy: Equatable, Sendable {
    package enum Scheme: UInt8, Sendable { case socks5 = 1, http = 2, https = 3 }

    /// `none`, or nothing said.
    case direct
    /// Taken from wsproxy's environment.
    case environment
    case proxy(Scheme, host: String, port: UInt16, user: String?, password: String?)
}

/// `tls` of a service: how the upstream is verified. Paths are read by wsproxy.
package struct UpstreamTLS: Equatable, Sendable {
    package var authority: String?
    package var certificate: String?
    package var key: String?
    package var serverName: String?
    package var skipsVerification = false
    package var minimumVersion: TLSVersion?

    package init() {}
}

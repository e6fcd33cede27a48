/// How a service chooses, checks, spares and reaches its endpoints.
///
/// Times are milliseconds, with the defaults already put in.
package struct ServicePolicy: Equatable, Sendable {
    /// What a consistent hash is taken of.
    package enum HashKey: Equatable, Sendable {
        case clientAddress
        /// A lower-case name.
        case header(String)
        case cookie(String)
        case capture(String)
    }

    /// `session_affinity`
    package struct Affinity: Equatable, Sendable {
        package var cookieName: String
        package var milliseconds: UInt32

        package init(cookieName: String, milliseconds: UInt32) {
            self.cookieName = cookieName
            self.milliseconds = milliseconds
        }
    }

    /// `health_check`
    package struct HealthCheck: Equatable, Sendable {
        package var path: String
        package var intervalMilliseconds: UInt32
        package var timeoutMilliseconds: UInt32
        package var healthyThreshold: UInt32
        package var unhealthyThreshold: UInt32
        package var expectedStatuses: StatusSet

        package init(
            path: String, intervalMilliseconds: UInt32, timeoutMilliseconds: UInt32,
            healthyThreshold: UInt32, unhealthyThreshold: UInt32, expectedStatuses: StatusSet
        ) {
            self.path = path
            self.intervalMilliseconds = intervalMilliseconds
            self.timeoutMilliseconds = timeoutMilliseconds
            self.healthyThreshold = healthyThreshold
            self.unhealthyThreshold = unhealthyThreshold
            self.expectedStatuses = expectedStatuses
        }
    }

    /// `retry`
    package struct Retry: Equatable, Sendable {
        /// Attempts after the first; 0: none.
        package var attempts: UInt32
        package var backoffMilliseconds: UInt32
        package var backoffMillisecondsMax: UInt32
        /// Whether a lost connection makes another attempt.
        package var onConnectFailure: Bool
        package var statuses: StatusSet

        package init(
            attempts: UInt32, backoffMilliseconds: UInt32, backoffMillisecondsMax: UInt32,
            onConnectFailure: Bool, statuses: StatusSet
        ) {
            self.attempts = attempts
            self.backoffMilliseconds = backoffMilliseconds
            self.backoffMillisecondsMax = backoffMillisecondsMax
            self.onConnectFailure = onConnectFailure
            self.statuses = statuses
        }

        package static let none = Retry(
            attempts: 0, backoffMilliseconds: 0, backoffMillisecondsMax: 0,
            onConnectFailure: false, statuses: StatusSet())
    }

    /// `circuit_breaker`; 0 means no such limit.
    package struct Breaker: Equatable, Sendable {
        package var connectionsMax: UInt32 = 0
        package var pendingMax: UInt32 = 0
        package var consecutiveFailures: UInt32 = 0
        package var ejectionMilliseconds: UInt32 = 0

        package init() {}
    }

    /// `last_good`
    package struct LastGood: Equatable, Sendable {
        /// Age up to which an answer is given.
        package var staleMillisecondsMax: UInt32
        /// Content of one answer at most.
        package var answerBytesMax: Int
        /// All answers of one worker together.
        package var totalBytesMax: Int

        package init(staleMillisecondsMax: UInt32, answerBytesMax: Int, totalBytesMax: Int) {
            self.staleMillisecondsMax = staleMillisecondsMax
            self.answerBytesMax = answerBytesMax
            self.totalBytesMax = totalBytesMax
        }
    }

    /// `upstream_proxy`
    package enum Proxy: Equatable, Sendable {
        /// How the proxy is spoken to.
        package enum Scheme: UInt8, Sendable { case socks5 = 1, http = 2, https = 3 }

        case none
        case server(Scheme, host: String, port: UInt16, user: String?, password: String?)
        /// By the variables of the environment.
        case environment
    }

    package var hashKey = HashKey.clientAddress
    package var affinity: Affinity?
    package var healthCheck: HealthCheck?
    package var retry = Retry.none
    package var breaker = Breaker()
    /// The service that takes over.
    package var fallback: ServiceIndex?
    /// Answers that are kept; nil: none.
    package var lastGood: LastGood?
    /// Index of the answer where nothing is left: see ``LoadedTable/fallbackAnswer(at:)``.
    package var fallbackAnswer: UInt32?
    package var proxy = Proxy.none
    /// Between two pings of upgraded connections; 0: none.
    package var pingIntervalMilliseconds: UInt32 = 0

    /// The least that a service does: none of all this.
    package init() {}
}

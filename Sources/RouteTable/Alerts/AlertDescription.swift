/// A threshold of a table that somebody wants to hear about.
package struct AlertDescription: Equatable, Sendable {
    /// What is compared with the threshold.
    package enum Metric: UInt8, Sendable {
        /// What is open: clients in all, streams of a route, requests under way at a service.
        case connections = 0
        /// In millionths: answers with 5xx among all, or failures of backends among their requests.
        case errorRate
        /// In microseconds: a quantile of how long requests take.
        case latency

        /// As the configuration has it.
        package var word: String {
            switch self {
            case .connections: "connections"
            case .errorRate: "error_rate"
            case .latency: "latency"
            }
        }
    }

    /// How bad it is.
    package enum Severity: UInt8, Sendable {
        case warning = 0
        case critical

        package var word: String { self == .critical ? "critical" : "warning" }
    }

    /// Of whose requests.
    package enum Subject: Equatable, Sendable {
        case all
        /// The routes of this name.
        case route(String)
        /// The name of a service.
        case service(String)
    }

    /// Who is told when it begins to fire and when it ends.
    package struct Webhook: Equatable, Sendable {
        /// Name of the service.
        package var service: String
        package var path: String

        package init(service: String, path: String) {
            self.service = service
            self.path = path
        }
    }

    package var name: String
    package var metric: Metric
    package var subject: Subject
    /// Connections, millionths or microseconds. It fires above.
    package var threshold: UInt64
    /// Quantile of a latency, 1 to 99.
    package var quantilePercent: Int
    /// Over which rates and latencies are taken.
    package var windowMilliseconds: UInt64
    /// How long it must be above before it fires.
    package var holdMilliseconds: UInt64
    package var severity: Severity
    package var webhook: Webhook?
    /// `file:line`
    package var place: String

    package init(
        name: String, metric: Metric, subject: Subject, threshold: UInt64, quantilePercent: Int,
        windowMilliseconds: UInt64, holdMilliseconds: UInt64, severity: Severity,
        webhook: Webhook?, place: String
    ) {
        self.name = name
        self.metric = metric
        self.subject = subject
        self.threshold = threshold
        self.quantilePercent = quantilePercent
        self.windowMilliseconds = windowMilliseconds
        self.holdMilliseconds = holdMilliseconds
        self.severity = severity
        self.webhook = webhook
        self.place = place
    }
}

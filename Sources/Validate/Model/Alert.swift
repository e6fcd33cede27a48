/// A threshold that somebody wants to hear about.
package struct Alert: Sendable {
    /// What is compared with the threshold.
    package enum Metric: String, CaseIterable, Sendable {
        /// What is open: clients in all, streams of a route, requests under way at a service.
        case connections
        /// Answers with 5xx among all, or failures of a service's backends among its requests.
        case errorRate = "error_rate"
        /// A quantile of how long requests take.
        case latency
    }

    /// How bad it is.
    package enum Severity: String, CaseIterable, Sendable { case warning, critical }

    /// Of whose requests.
    package enum Subject: Equatable, Sendable {
        case all
        /// The routes of this name.
        case route(String)
        /// Index of the service.
        case service(Int)
    }

    /// A request that is made when the alert begins to fire and when it ends.
    package struct Webhook: Sendable {
        /// Index of the service that is told.
        package var service: Int
        package var path: String

        package init(service: Int, path: String) {
            self.service = service
            self.path = path
        }
    }

    package var name: Located<String>
    package var metric: Metric
    package var subject: Subject
    /// Connections; millionths for a rate; microseconds for a latency. It fires above.
    package var threshold: UInt64
    /// Hundredths of the quantile of a latency: 99 for the slowest in a hundred.
    package var quantilePercent: UInt8
    /// The time over which rates and latencies are taken.
    package var windowMilliseconds: UInt32
    /// How long it must be above before it fires.
    package var holdMilliseconds: UInt32
    package var severity: Severity
    package var webhook: Webhook?

    package init(
        name: Located<String>, metric: Metric, subject: Subject, threshold: UInt64,
        quantilePercent: UInt8 = 99, windowMilliseconds: UInt32 = 60_000,
        holdMilliseconds: UInt32 = 60_000, severity: Severity = .warning, webhook: Webhook? = nil
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
    }
}

/// What is counted of each service.
package enum ServiceCounter: Int, CaseIterable, BitwiseCopyable, Sendable {
    /// Attempts after the first.
    case retries
    /// Requests for which no backend was left.
    case unavailable

    var series: MetricSeries {
        switch self {
        case .retries: MetricSeries(.upstreamRetries)
        case .unavailable: MetricSeries(.upstreamUnavailable)
        }
    }
}

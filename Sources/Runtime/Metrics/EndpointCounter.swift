/// What is counted of each endpoint.
package enum EndpointCounter: Int, CaseIterable, BitwiseCopyable, Sendable {
    /// Requests that were given to it, further attempts among them.
    case requests
    /// Requests under way now.
    case activeRequests
    case connects
    case failedConnects
    /// Requests that it did not answer as it should.
    case failures
    case ejections
    /// Health checks.
    case goodChecks
    case failedChecks

    var series: MetricSeries {
        switch self {
        case .requests: MetricSeries(.upstreamRequests)
        case .activeRequests: MetricSeries(.upstreamActiveRequests)
        case .connects: MetricSeries(.upstreamConnects, "result=\"ok\"")
        case .failedConnects: MetricSeries(.upstreamConnects, "result=\"failed\"")
        case .failures: MetricSeries(.upstreamFailures)
        case .ejections: MetricSeries(.upstreamEjections)
        case .goodChecks: MetricSeries(.healthChecks, "result=\"ok\"")
        case .failedChecks: MetricSeries(.healthChecks, "result=\"failed\"")
        }
    }
}

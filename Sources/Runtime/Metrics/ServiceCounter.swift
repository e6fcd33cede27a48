/// What is counted of each service.
package enum ServiceCounter: Int, CaseIterable, BitwiseCopyable, Sendable {
    /// Attempts after the first.
    case retries
    /// Requests for which no backend was left.
    case unavailable
    /// Requests that somebody else has answered for it.
    case fallbackService, fallbackAnswer

    var series: MetricSeries {
        switch self {
        case .retries: MetricSeries(.upstreamRetries)
        case .unavailable: MetricSeries(.upstreamUnavailable)
        case .fallbackService: MetricSeries(.fallbackAnswers, "kind=\"service\"")
        case .fallbackAnswer: MetricSeries(.fallbackAnswers, "kind=\"answer\"")
        }
    }

    /// What counts requests that were answered so; nil for none.
    init?(_ kind: FallbackKind) {
        switch kind {
        case .none: return nil
        case .service: self = .fallbackService
        case .answer: self = .fallbackAnswer
        }
    }
}

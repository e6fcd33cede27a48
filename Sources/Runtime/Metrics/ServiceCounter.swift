/// What is counted of each service.
package enum ServiceCounter: Int, CaseIterable, BitwiseCopyable, Sendable {
    /// Attempts after the first.
    case retries
    /// Requests for which no backend was left.
    case unavailable
    /// Requests that somebody else has answered for it.
    case fallbackService, fallbackLastGood, fallbackAnswer

    var series: MetricSeries {
        switch self {
        case .retries: MetricSeries(.upstreamRetries)
        case .unavailable: MetricSeries(.upstreamUnavailable)
        case .fallbackService: MetricSeries(.fallbackAnswers, "kind=\"service\"")
        case .fallbackLastGood: MetricSeries(.fallbackAnswers, "kind=\"last_good\"")
        case .fallbackAnswer: MetricSeries(.fallbackAnswers, "kind=\"answer\"")
        }
    }

    /// What counts requests that were answered so; nil for none.
    init?(_ kind: FallbackKind) {
        switch kind {
        case .none: return nil
        case .service: self = .fallbackService
        case .lastGood: self = .fallbackLastGood
        case .answer: self = .fallbackAnswer
        }
    }
}

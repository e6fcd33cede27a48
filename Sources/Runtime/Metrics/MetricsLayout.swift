/// Where each figure stands in the memory of a worker's counters, in words of eight bytes.
///
///     │ counters of the worker │ histograms │ routes … │ services … │ endpoints … │
///
/// The memory is address space at first: a page becomes real when something on it is counted.
enum MetricsLayout {
    /// Names that have counters of their own; the first two places are ``MetricSlot/other`` and
    /// ``MetricSlot/none``. Whoever scrapes pays for each, so there is a bound.
    static let routesMax = 1_024
    static let servicesMax = 512
    static let endpointsMax = 2_048

    /// Buckets, the last one for all above the bounds, and the sum.
    static let histogramWords = 20
    static let sumWord = 19

    static let proxyHistograms = 128
    static let routes = 256

    static let routeCounters = 48
    static let routeCloses = 80
    static let routeHistograms = 132
    static let routeWords = 272

    static let services = routes + routesMax * routeWords
    static let serviceHistograms = 8
    static let serviceWords = 32

    static let endpoints = services + servicesMax * serviceWords
    static let endpointMarks = 12
    static let endpointWords = 16

    static let wordCount = endpoints + endpointsMax * endpointWords
}

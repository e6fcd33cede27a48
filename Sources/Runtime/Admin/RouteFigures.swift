/// What `GET /api/events` says of one route: totals since the start, of all workers.
struct RouteFigures: Equatable {
    let requestCount: UInt64
    /// By class: 1xx, 2xx, 3xx, 4xx, 5xx.
    let statusCounts: [UInt64]
    /// By the bounds of ``HistogramScale/brief``, not added up.
    let latencyBuckets: [UInt64]
    let latencyMicroseconds: UInt64
    let openWebSocketCount: UInt64
    let openStreamCount: UInt64

    init(of slot: MetricSlot, in registry: MetricsRegistry) {
        let place = WorkerMetrics.place(of: slot)
        var classes = [UInt64](repeating: 0, count: RequestMetric.statusCount)
        for method in RequestMetric.methodNames.indices {
            for status in classes.indices {
                classes[status] += registry.sum(
                    at: place + method * RequestMetric.statusCount + status)
            }
        }
        requestCount = classes.reduce(0, +)
        statusCounts = Array(classes.dropFirst())
        let histogram = WorkerMetrics.place(of: .requestDuration, of: slot)
        let bucketCount = HistogramScale.brief.bounds.count + 1
        latencyBuckets = (0..<bucketCount).map { registry.sum(at: histogram + $0) }
        latencyMicroseconds = registry.sum(at: histogram + MetricsLayout.sumWord)
        openWebSocketCount = registry.open(.webSocketsOpen, of: slot)
        openStreamCount = registry.open(.streamsOpen, of: slot)
    }

    /// Whether anything was ever counted.
    var isUsed: Bool { requestCount > 0 || openWebSocketCount > 0 || openStreamCount > 0 }
}

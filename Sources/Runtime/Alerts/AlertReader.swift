internal import RouteTable

/// Reads off the counters what an alert looks at.
struct AlertReader {
    private let registry: MetricsRegistry
    private let generation: TableGeneration

    init(_ registry: MetricsRegistry, _ generation: TableGeneration) {
        self.registry = registry
        self.generation = generation
    }

    /// What there is now.
    func sample(for alert: AlertDescription) -> AlertSample {
        switch alert.subject {
        case .all: sampleOfAll(alert.metric)
        case .route(let name): sample(alert.metric, ofRoute: figures(ofRoute: name))
        case .service(let name): sample(alert.metric, ofService: name)
        }
    }

    private func figures(ofRoute name: String) -> RouteFigures {
        let bytes = Array(name.utf8)
        // SAFETY: bytes are plain data; the array outlives the span.
        let slot = unsafe registry.slot(ofRoute: bytes.span.bytes)
        return RouteFigures(of: slot, in: registry)
    }

    private func sample(
        _ metric: AlertDescription.Metric, ofRoute figures: RouteFigures
    ) -> AlertSample {
        switch metric {
        case .connections: .gauge(figures.openWebSocketCount + figures.openStreamCount)
        case .errorRate: .share(failed: figures.statusCounts[4], all: figures.requestCount)
        case .latency: .durations(figures.latencyBuckets)
        }
    }

    private func sampleOfAll(_ metric: AlertDescription.Metric) -> AlertSample {
        if metric == .connections { return .gauge(registry.open(.clientsOpen)) }
        var failed: UInt64 = 0
        var all: UInt64 = 0
        var buckets = [UInt64](repeating: 0, count: HistogramScale.brief.bounds.count + 1)
        for place in registry.labels.routes.indices {
            let figures = RouteFigures(of: MetricSlot(rawValue: UInt32(place)), in: registry)
            failed &+= figures.statusCounts[4]
            all &+= figures.requestCount
            for (index, count) in figures.latencyBuckets.enumerated() { buckets[index] &+= count }
        }
        return metric == .errorRate ? .share(failed: failed, all: all) : .durations(buckets)
    }

    private func sample(
        _ metric: AlertDescription.Metric, ofService name: String
    ) -> AlertSample {
        switch metric {
        case .connections:
            let sum = sum(.activeRequests, ofService: name)
            return .gauge(sum > UInt64(Int64.max) ? 0 : sum)
        case .errorRate:
            // Once all backends are out nobody is asked any more: who found none has failed as well. Services without a
            // place of their own are counted as one, which says nothing of any of them.
            let slot = registry.slot(ofService: name)
            let unplacedCount = slot == .other ? 0 : registry.sum(of: .unavailable, slot)
            return .share(
                failed: sum(.failures, ofService: name) &+ unplacedCount,
                all: sum(.requests, ofService: name) &+ unplacedCount)
        case .latency:
            let slot = registry.slot(ofService: name)
            let place = WorkerMetrics.place(of: ServiceHistogram.upstreamDuration, of: slot)
            let count = ServiceHistogram.upstreamDuration.scale.bounds.count + 1
            return .durations((0..<count).map { registry.sum(at: place + $0) })
        }
    }

    /// The sum over the endpoints of a service.
    private func sum(_ counter: EndpointCounter, ofService name: String) -> UInt64 {
        guard let place = generation.servicePlaces[name] else { return 0 }
        var sum: UInt64 = 0
        for text in generation.shared[place].endpointTexts {
            let slot = registry.slot(ofEndpoint: text, of: name)
            sum &+= registry.sum(at: WorkerMetrics.place(of: slot, counter))
        }
        return sum
    }
}

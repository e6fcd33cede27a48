internal import RouteTable

/// What `GET /metrics` answers.
package struct MetricsPage {
    /// What the control thread knows beside the counters of the workers.
    package struct Facts {
        package var version: String
        package var digest: String
        package var source: String
        package var routeCount: Int
        package var loadMicroseconds: UInt64
        /// Milliseconds since 1970.
        package var loadedMilliseconds: UInt64
        package var adoptedReloadCount: UInt64
        package var refusedReloadCount: UInt64
        package var isReady: Bool
        /// When the page is made.
        package var now: MonotonicMilliseconds
        package var droppedAccessLineCount: UInt64
        package var droppedEventLineCount: UInt64
        /// The alerts of the table, and whether they fire.
        package var alerts: [(name: String, severity: String, isFiring: Bool)] = []
        /// What has become of calls to the webhooks of alerts.
        package var notices: [(alert: String, counts: NoticeCounts)] = []
        /// Whether the health checks are content with them.
        package var endpoints: [(name: MetricEndpoint, isUp: Bool)]

        package init() {
            version = ""
            digest = ""
            source = ""
            routeCount = 0
            loadMicroseconds = 0
            loadedMilliseconds = 0
            adoptedReloadCount = 0
            refusedReloadCount = 0
            isReady = false
            now = 0
            droppedAccessLineCount = 0
            droppedEventLineCount = 0
            endpoints = []
        }
    }

    let registry: MetricsRegistry
    let facts: Facts
    let process: ProcessFigures
    let labels: MetricsRegistry.Labels
    /// Places of routes of which something was counted: nothing is shown of the others.
    let usedRoutes: [Int]
    var text = MetricsText()

    private init(_ registry: MetricsRegistry, _ facts: Facts, _ process: ProcessFigures) {
        self.registry = registry
        self.facts = facts
        self.process = process
        let labels = registry.labels
        self.labels = labels
        usedRoutes = labels.routes.indices.filter { index in
            let place = WorkerMetrics.place(of: MetricSlot(rawValue: UInt32(index)))
            return Self.isUsed(place..<place + MetricsLayout.routeHistograms, in: registry)
        }
    }

    /// The page as it is now.
    ///
    /// - Parameter startMilliseconds: When the process started, since 1970.
    package static func bytes(
        _ registry: MetricsRegistry, _ facts: Facts, startMilliseconds: UInt64
    ) -> [UInt8] {
        var page = MetricsPage(
            registry, facts, ProcessFigures.now(startMilliseconds: startMilliseconds))
        for family in MetricFamily.allCases { page.write(family) }
        return page.text.bytes
    }

    private mutating func write(_ family: MetricFamily) {
        text.begin(family)
        if writesOwn(family) { return }
        for counter in ProxyCounter.allCases where counter.series.family == family {
            let labels = [Self.label(counter.series.labels)]
            let sum = registry.sum(at: counter.rawValue)
            if family.kind == .gauge {
                text.gauge(family, labels, sum)
            } else {
                text.sample(family, labels, sum)
            }
        }
        for counter in RouteCounter.allCases where counter.series.family == family {
            write(counter)
        }
        for counter in ServiceCounter.allCases where counter.series.family == family {
            write(counter)
        }
        for counter in EndpointCounter.allCases where counter.series.family == family {
            write(counter)
        }
    }

    private mutating func write(_ counter: RouteCounter) {
        for index in usedRoutes {
            let place =
                WorkerMetrics.place(of: MetricSlot(rawValue: UInt32(index)))
                + MetricsLayout.routeCounters + counter.rawValue
            write(counter.series, labels.routes[index], registry.sum(at: place))
        }
    }

    private mutating func write(_ counter: ServiceCounter) {
        for (index, service) in labels.services.enumerated() where index >= 2 {
            let base = MetricsLayout.services + index * MetricsLayout.serviceWords
            write(counter.series, service, registry.sum(at: base + counter.rawValue))
        }
    }

    private mutating func write(_ counter: EndpointCounter) {
        for (index, endpoint) in labels.endpoints.enumerated() where index != 1 {
            guard let endpoint else { continue }
            let slot = MetricSlot(rawValue: UInt32(index))
            var sum = registry.sum(at: WorkerMetrics.place(of: slot, counter))
            if slot == .other {
                sum &+= registry.retired(counter)
                // Most tables have a place for each.
                if sum == 0 { continue }
            }
            // How it is now that is in no table says nothing.
            if counter.series.family.kind == .gauge, !labels.endpointsInUse[index] { continue }
            // Most endpoints are not checked.
            if counter.series.family == .healthChecks, slot != .other, !isChecked(slot) { continue }
            write(counter.series, endpoint, sum)
        }
    }

    /// Workers whose time to send an endpoint nothing is not over. They don't say when it is.
    mutating func writeEjectedWorkers() {
        for (index, endpoint) in labels.endpoints.enumerated() {
            let slot = MetricSlot(rawValue: UInt32(index))
            guard let endpoint, slot != .other, slot != .none, labels.endpointsInUse[index]
            else { continue }
            let place = WorkerMetrics.place(of: slot, EndpointMark.triedAgainFrom)
            let count = registry.workers.count { $0.value(at: place) > facts.now }
            text.gauge(.upstreamEjectedWorkers, [endpoint], UInt64(count))
        }
    }

    private func isChecked(_ endpoint: MetricSlot) -> Bool {
        registry.sum(at: WorkerMetrics.place(of: endpoint, .goodChecks)) > 0
            || registry.sum(at: WorkerMetrics.place(of: endpoint, .failedChecks)) > 0
    }

    private mutating func write(_ series: MetricSeries, _ name: [UInt8], _ value: UInt64) {
        let labels = [name, Self.label(series.labels)]
        if series.family.kind == .gauge {
            text.gauge(series.family, labels, value)
        } else {
            text.sample(series.family, labels, value)
        }
    }

    /// Whether anything was counted there.
    static func isUsed(_ places: Range<Int>, in registry: MetricsRegistry) -> Bool {
        for place in places where registry.sum(at: place) != 0 { return true }
        return false
    }

    static func label(_ text: StaticString) -> [UInt8] {
        // SAFETY: a literal's bytes live for ever.
        text.withUTF8Buffer { unsafe Array($0) }
    }
}

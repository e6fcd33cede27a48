internal import RouteTable
internal import Synchronization

/// The counters of all workers, and which name has which place in them.
///
/// A place is given out when a worker first meets a name. That takes a lock, once for each name, worker
/// and table; counting takes none. When no place is left, names share ``MetricSlot/other``.
package final class MetricsRegistry: Sendable {
    /// The labels of all places, in their order.
    struct Labels {
        let routes: [[UInt8]]
        let services: [[UInt8]]
        let endpoints: [[UInt8]]
    }

    private struct State {
        var routes = MetricNames(
            countMax: MetricsLayout.routesMax, other: Label.route("other"), none: Label.route(""))
        var services = MetricNames(
            countMax: MetricsLayout.servicesMax, other: Label.service("other"),
            none: Label.service(""))
        var endpoints = MetricNames(
            countMax: MetricsLayout.endpointsMax, other: Label.endpoint("other", of: "other"),
            none: Label.endpoint("", of: ""))
    }

    /// In the order of their numbers.
    package let workers: [WorkerMetrics]
    private let state = Mutex(State())

    package init(workerCount: Int) {
        workers = (0..<workerCount).map { _ in WorkerMetrics() }
    }

    /// The place of a route. Routes of one name have one place.
    package func slot(ofRoute name: RawSpan) -> MetricSlot {
        // SAFETY: the bytes are copied before the span ends.
        let text = unsafe name.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
        return state.withLock { $0.routes.slot(of: Label.route(text)) }
    }

    /// The place of a service.
    package func slot(ofService name: String) -> MetricSlot {
        state.withLock { $0.services.slot(of: Label.service(name)) }
    }

    /// The place of an endpoint.
    package func slot(ofEndpoint text: String, of service: String) -> MetricSlot {
        state.withLock { $0.endpoints.slot(of: Label.endpoint(text, of: service)) }
    }

    /// What there is so far.
    var labels: Labels {
        state.withLock { state in
            Labels(
                routes: state.routes.labels, services: state.services.labels,
                endpoints: state.endpoints.labels)
        }
    }

    /// The sum of a figure over all workers. What is taken back elsewhere than it was counted wraps round.
    package func sum(at place: Int) -> UInt64 {
        var sum: UInt64 = 0
        for worker in workers { sum &+= worker.value(at: place) }
        return sum
    }

    /// The sum of a counter of a route.
    func sum(of counter: RouteCounter, _ route: UInt32) -> UInt64 {
        sum(
            at: WorkerMetrics.place(of: MetricSlot(rawValue: route))
                + MetricsLayout.routeCounters + counter.rawValue)
    }

    /// How many of something there are now. Workers are read one after the other, so it may be off by those
    /// that come and go meanwhile, but never below zero.
    func open(_ counter: ProxyCounter) -> UInt64 { Self.clamp(sum(at: counter.rawValue)) }

    /// The same for a route.
    func open(_ counter: RouteCounter, of route: MetricSlot) -> UInt64 {
        Self.clamp(sum(of: counter, route.rawValue))
    }

    private static func clamp(_ sum: UInt64) -> UInt64 { sum > UInt64(Int64.max) ? 0 : sum }
}

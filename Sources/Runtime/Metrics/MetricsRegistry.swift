internal import RouteTable
internal import Synchronization

/// The counters of all workers, and which name has which place in them.
///
/// A place is given out when a worker first meets a name, that of an endpoint for as long as a table has it
/// (``EndpointLease``). That takes a lock, once for each name, worker and table; counting takes none. When no place is
/// left, names share ``MetricSlot/other``.
package final class MetricsRegistry: Sendable {
    /// The labels of all places, in their order.
    struct Labels {
        let routes: [[UInt8]]
        let services: [[UInt8]]
        /// nil where there is none.
        let endpoints: [[UInt8]?]
        /// Whether a table has the endpoint of each place.
        let endpointsInUse: [Bool]
    }

    private struct State {
        var routes = MetricNames(
            countMax: MetricsLayout.routesMax, other: Label.route("other"), none: Label.route(""))
        var services = MetricNames(
            countMax: MetricsLayout.servicesMax, other: Label.service("other"),
            none: Label.service(""))
        var endpoints = LeasedNames(
            countMax: MetricsLayout.endpointsMax, other: Label.endpoint("other", of: "other"),
            none: Label.endpoint("", of: ""))
        /// What was counted of endpoints that have lost their places, by counter.
        var retired = [UInt64](repeating: 0, count: EndpointCounter.allCases.count)
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

    /// The place of an endpoint that an ``EndpointLease`` keeps.
    package func slot(ofEndpoint text: String, of service: String) -> MetricSlot {
        state.withLock { $0.endpoints.slot(of: Label.endpoint(text, of: service)) }
    }

    /// Gives endpoints places, as long as there are any.
    ///
    /// - Returns: Those that have one, to be given back.
    func take(_ endpoints: Set<[UInt8]>) -> [[UInt8]] {
        state.withLock { state in
            // Whoever is known already loses no place for those that are new.
            let (known, new) = endpoints.reduce(into: ([[UInt8]](), [[UInt8]]())) { parts, label in
                let isKnown = state.endpoints.slot(of: label) != .other
                if isKnown { parts.0.append(label) } else { parts.1.append(label) }
            }
            var taken = known.filter { state.endpoints.take($0) }
            retire(&state, neededCount: new.count)
            taken += new.filter { state.endpoints.take($0) }
            return taken
        }
    }

    /// No table has these endpoints any more.
    func giveBack(_ endpoints: [[UInt8]]) {
        state.withLock { state in
            for endpoint in endpoints { state.endpoints.giveBack(endpoint) }
            retire(&state)
        }
    }

    /// Clears places, so that others can have them. What was counted there goes on to count for ``MetricSlot/other``.
    private func retire(_ state: inout State, neededCount: Int = 0) {
        while let slot = state.endpoints.retire(neededCount: neededCount) {
            for (index, counter) in EndpointCounter.allCases.enumerated()
            where counter.series.family.kind != .gauge {
                state.retired[index] &+= sum(at: WorkerMetrics.place(of: slot, counter))
            }
            for worker in workers { worker.clear(slot) }
        }
    }

    /// What was counted of endpoints that have no place, for ``MetricSlot/other``.
    func retired(_ counter: EndpointCounter) -> UInt64 {
        state.withLock { $0.retired[EndpointCounter.allCases.firstIndex(of: counter) ?? 0] }
    }

    /// What there is so far.
    var labels: Labels {
        state.withLock { state in
            Labels(
                routes: state.routes.labels, services: state.services.labels,
                endpoints: state.endpoints.labels, endpointsInUse: state.endpoints.uses)
        }
    }

    /// The sum of a figure over all workers. What is taken back elsewhere than it was counted wraps round.
    package func sum(at place: Int) -> UInt64 {
        var sum: UInt64 = 0
        for worker in workers { sum &+= worker.value(at: place) }
        return sum
    }

    /// The sum of a counter of a service.
    func sum(of counter: ServiceCounter, _ service: MetricSlot) -> UInt64 {
        sum(
            at: MetricsLayout.services + Int(service.rawValue) * MetricsLayout.serviceWords
                + counter.rawValue)
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

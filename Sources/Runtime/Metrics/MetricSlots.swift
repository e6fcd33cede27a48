internal import RouteTable

/// What one worker knows of the places of one table's routes, services and endpoints.
@safe
struct MetricSlots: ~Copyable {
    private let registry: MetricsRegistry
    /// One more than the place; 0: not asked for yet. Most of a large table never is.
    private let routes: UnsafeMutablePointer<UInt32>
    private let routeCount: Int
    let services: [MetricSlot]
    let endpoints: [MetricSlot]

    init(_ generation: TableGeneration, _ registry: MetricsRegistry) {
        self.registry = registry
        routeCount = generation.table.routeCount
        // SAFETY: owned until `deinit`; zero is a value.
        unsafe routes = ZeroedMemory.allocate(UInt32.self, count: max(1, routeCount))
        services = generation.services.map { registry.slot(ofService: $0.name) }
        endpoints = zip(generation.services, generation.shared).flatMap { service, shared in
            shared.endpointTexts.map { registry.slot(ofEndpoint: $0, of: service.name) }
        }
    }

    deinit { unsafe ZeroedMemory.free(routes) }

    /// The place of a route, asked for when it is first needed.
    mutating func slot(of route: RouteIndex, in table: borrowing LoadedTable) -> MetricSlot {
        let index = Int(route.rawValue)
        precondition(index < routeCount, "no route \(index)")
        // SAFETY: checked above.
        let known = unsafe routes[index]
        if known > 0 { return MetricSlot(rawValue: known - 1) }
        let slot = registry.slot(ofRoute: table.name(of: route))
        // SAFETY: checked above.
        unsafe routes[index] = slot.rawValue + 1
        return slot
    }
}

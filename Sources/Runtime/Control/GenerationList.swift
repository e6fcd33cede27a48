internal import RouteTable

/// The tables in use, from their adoption until no worker has them any longer. The latest one stays in any case: it is
/// what the control thread speaks of, though workers may have had no room for it.
struct GenerationList: Sequence {
    private struct Entry {
        let generation: TableGeneration
        /// Its endpoints are counted until no worker has it.
        let lease: EndpointLease
        /// How many workers have let go of it.
        var releaseCount = 0
    }

    /// In the order of their numbers. Never empty.
    private var entries: [Entry]
    private let workerCount: Int
    private let registry: MetricsRegistry

    init(_ first: TableGeneration, workerCount: Int, _ registry: MetricsRegistry) {
        entries = [Entry(generation: first, lease: first.lease(in: registry))]
        self.workerCount = workerCount
        self.registry = registry
    }

    var latest: TableGeneration { entries[entries.count - 1].generation }

    func makeIterator() -> some IteratorProtocol<TableGeneration> {
        entries.lazy.map { $0.generation }.makeIterator()
    }

    /// Takes in a table, before the workers are told of it.
    mutating func adopt(_ next: TableGeneration) {
        precondition(next.number > latest.number, "a table that was adopted before")
        entries.append(Entry(generation: next, lease: next.lease(in: registry)))
        removeUnused()
    }

    /// A worker has let go of a table, or had no room for it.
    ///
    /// - Returns: Whether it was the last one.
    mutating func release(_ number: UInt32) -> Bool {
        guard let place = entries.firstIndex(where: { $0.generation.number == number }) else {
            preconditionFailure("a table that all workers had let go of")
        }
        entries[place].releaseCount += 1
        let isLast = entries[place].releaseCount == workerCount
        if isLast { removeUnused() }
        return isLast
    }

    private mutating func removeUnused() {
        let number = latest.number
        entries.removeAll { $0.releaseCount == workerCount && $0.generation.number != number }
    }
}

extension TableGeneration {
    /// Keeps places for its endpoints.
    fileprivate func lease(in registry: MetricsRegistry) -> EndpointLease {
        let names = zip(services, shared).flatMap { service, shared in
            shared.endpointTexts.map { MetricEndpoint(service: service.name, text: $0) }
        }
        return EndpointLease(names, in: registry)
    }
}

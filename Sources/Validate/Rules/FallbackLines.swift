/// Which services take over for which, over any number of others. There are no cycles.
///
/// Services have places: those for which a service takes over have the ones right behind its own. So a line of
/// thousands is not walked again for each question.
struct FallbackLines {
    /// By service.
    private let places: [Int]
    /// By service: how many lead to it, itself among them.
    private let counts: [Int]
    /// Services, each behind the one that takes over for it.
    private let order: [Int]
    private let next: [Int?]

    /// - Complexity: O(*n*).
    init(of services: [Service]) {
        next = services.map(\.fallbackService)
        var before = [[Int]](repeating: [], count: services.count)
        for (index, service) in services.enumerated() {
            if let next = service.fallbackService { before[next].append(index) }
        }
        var places = [Int](repeating: 0, count: services.count)
        var counts = [Int](repeating: 1, count: services.count)
        var order: [Int] = []
        var open = services.indices.filter { services[$0].fallbackService == nil }
        while let service = open.popLast() {
            places[service] = order.count
            order.append(service)
            open += before[service]
        }
        for service in order.reversed() {
            if let next = services[service].fallbackService { counts[next] += counts[service] }
        }
        self.places = places
        self.counts = counts
        self.order = order
    }

    /// By service: whether it or one that takes over for it is among some.
    func leading(to sought: Set<Int>) -> [Bool] {
        var isLeading = [Bool](repeating: false, count: places.count)
        for service in order {
            isLeading[service] =
                sought.contains(service) || (next[service].map { isLeading[$0] } ?? false)
        }
        return isLeading
    }

    /// The services from which requests may end up at one: itself, and those for which it takes over.
    func starts(leadingTo service: Int) -> ArraySlice<Int> {
        order[places[service]..<(places[service] + counts[service])]
    }

    /// Services at which requests start out.
    struct Reach {
        private let lines: FallbackLines
        /// In order.
        private let places: [Int]

        /// - Complexity: O(*n* log *n*).
        init(from starts: some Sequence<Int>, along lines: FallbackLines) {
            self.lines = lines
            places = starts.map { lines.places[$0] }.sorted()
        }

        /// Whether requests may end up at a service.
        ///
        /// - Complexity: O(log *n*).
        func contains(_ service: Int) -> Bool {
            let first = lines.places[service]
            var bounds = (low: 0, high: places.count)
            while bounds.low < bounds.high {
                let middle = (bounds.low + bounds.high) / 2
                if places[middle] < first {
                    bounds.low = middle + 1
                } else {
                    bounds.high = middle
                }
            }
            return bounds.low < places.count && places[bounds.low] < first + lines.counts[service]
        }
    }
}

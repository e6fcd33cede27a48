/// What the workers know of one endpoint.
package struct EndpointFigures: Equatable, Sendable {
    /// What became of the requests that it was given.
    package enum Circuit: Equatable, Sendable {
        case closed
        /// Whoever has ejected it tries it again with the next request, or does so now.
        case halfOpen
        /// A worker sends it nothing.
        case ejected
    }

    /// What a worker has seen longer ago says nothing about now.
    private static let latencyAgeMillisecondsMax: UInt64 = 60_000

    package let circuit: Circuit
    /// How long it takes to answer: the mean of the workers that have asked it of late; nil if none has.
    package let latencyMicroseconds: UInt64?

    package init(of slot: MetricSlot, in registry: MetricsRegistry, now: MonotonicMilliseconds) {
        var circuit = Circuit.closed
        var sum: UInt64 = 0
        var count: UInt64 = 0
        for worker in registry.workers {
            func mark(_ mark: EndpointMark) -> UInt64 {
                worker.value(at: WorkerMetrics.place(of: slot, mark))
            }
            let again = mark(.triedAgainFrom)
            if again > now { circuit = .ejected }
            if again != 0, circuit == .closed { circuit = .halfOpen }
            let taken = mark(.latencyTaken)
            guard taken != 0, taken + Self.latencyAgeMillisecondsMax > now else { continue }
            sum += mark(.latency)
            count += 1
        }
        // Beyond the names that have a place of their own it is not known of whom a figure is.
        guard slot != .other, slot != .none else {
            self.circuit = .closed
            latencyMicroseconds = nil
            return
        }
        self.circuit = circuit
        latencyMicroseconds = count == 0 ? nil : sum / count
    }
}

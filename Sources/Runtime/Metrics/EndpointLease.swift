/// Keeps the places of a table's endpoints among the counters, until it is let go of.
///
/// Made and let go of by the control thread alone, which also writes the page of metrics: so no place changes its name
/// while that is written.
package final class EndpointLease: Sendable {
    private let registry: MetricsRegistry
    private let labels: [[UInt8]]

    /// - Parameter names: The endpoints of a table. Those beyond the bound have no place of their own.
    package init(_ names: [MetricEndpoint], in registry: MetricsRegistry) {
        self.registry = registry
        labels = registry.take(Set(names.map { Label.endpoint($0.text, of: $0.service) }))
    }

    deinit { registry.giveBack(labels) }
}

/// The place of a route, a service or an endpoint in the memory of each worker's counters.
///
/// Given out once for each name and kept for the life of the process, so that counters go on through reloads.
package struct MetricSlot: RawRepresentable, BitwiseCopyable, Equatable, Sendable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Where all are counted for which there is no place of their own.
    package static var other: MetricSlot { MetricSlot(rawValue: 0) }

    /// Where requests are counted that no route took.
    package static var none: MetricSlot { MetricSlot(rawValue: 1) }
}

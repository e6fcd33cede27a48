/// `health_check` of a service.
package struct HealthCheck: Equatable, Sendable {
    package var path: String
    package var intervalMilliseconds: UInt32
    package var timeoutMilliseconds: UInt32
    package var healthyThreshold: UInt32
    package var unhealthyThreshold: UInt32
    /// The status codes that count as healthy, as inclusive ranges.
    package var expectedStatuses: [ClosedRange<UInt16>]

    package init(
        path: String,
        intervalMilliseconds: UInt32,
        timeoutMilliseconds: UInt32,
        healthyThreshold: UInt32,
        unhealthyThreshold: UInt32,
        expectedStatuses: [ClosedRange<UInt16>]
    ) {
        self.path = path
        self.intervalMilliseconds = intervalMilliseconds
        self.timeoutMilliseconds = timeoutMilliseconds
        self.healthyThreshold = healthyThreshold
        self.unhealthyThreshold = unhealthyThreshold
        self.expectedStatuses = expectedStatuses
    }
}

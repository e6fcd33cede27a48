import RouteTable

/// Counts the checks of one endpoint in a row and says when they change its standing.
package struct HealthCounter: BitwiseCopyable, Equatable, Sendable {
    package private(set) var isDown: Bool
    private var contraryCount: UInt32 = 0

    package init(isDown: Bool) { self.isDown = isDown }

    /// How many more checks in a row have to be good before an endpoint that is down is up.
    package func missingCount(healthy: UInt32) -> UInt32 {
        max(1, healthy - min(healthy, contraryCount))
    }

    /// A check has ended.
    ///
    /// - Returns: Whether the endpoint's standing has changed.
    package mutating func note(isGood: Bool, healthy: UInt32, unhealthy: UInt32) -> Bool {
        guard isGood == isDown else {
            contraryCount = 0
            return false
        }
        contraryCount += contraryCount == .max ? 0 : 1
        guard contraryCount >= (isGood ? healthy : unhealthy) else { return false }
        isDown = !isGood
        contraryCount = 0
        return true
    }
}

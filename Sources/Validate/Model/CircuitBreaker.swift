/// `circuit_breaker` of a service; nil means no such limit.
package struct CircuitBreaker: Equatable, Sendable {
    package var connectionsMax: UInt32?
    package var pendingMax: UInt32?
    package var consecutiveFailures: UInt32?
    package var ejectionTimeMilliseconds: UInt32?

    package init() {}
}

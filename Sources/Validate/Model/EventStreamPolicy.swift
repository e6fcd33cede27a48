/// `config` of a middleware of type `sse`. Times are milliseconds; nil means none.
package struct EventStreamPolicy: Equatable, Sendable {
    package var heartbeatIntervalMilliseconds: UInt32?
    /// What clients are told to wait before they connect again.
    package var retryMilliseconds: UInt32?
    package var connectionsMax: UInt32?
    package var connectionsPerClientMax: UInt32?
    package var durationMillisecondsMax: UInt32?

    package init() {}
}

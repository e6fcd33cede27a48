/// What a middleware of type `sse` asks of event streams. Times are milliseconds; 0 means none.
package struct EventStreamPolicy: BitwiseCopyable, Equatable, Sendable {
    /// How long a stream is silent before it is given a sign of life.
    package var heartbeatIntervalMilliseconds: UInt32 = 0
    /// What clients are told to wait before they connect again.
    package var retryMilliseconds: UInt32 = 0
    package var connectionsMax: UInt32 = 0
    package var connectionsPerClientMax: UInt32 = 0
    package var durationMillisecondsMax: UInt32 = 0
    /// Index of the middleware that says so.
    package var middleware: UInt32 = 0

    package init() {}
}

package import RouteTable

/// What the tracker knows of one stream. Made on demand, for the control thread.
///
/// Times are CLOCK_MONOTONIC in microseconds, texts are bytes as clients and the table have them.
package struct StreamDescription: Sendable {
    package var id: StreamID
    package var kind: StreamKind
    /// Whether its frames are looked at; false for event streams.
    package var isFramed: Bool
    /// As routes see it.
    package var client: ClientAddress
    package var host: [UInt8]
    package var path: [UInt8]
    /// Name of the route, or its pattern; empty for the target of a host rule.
    package var route: [UInt8]
    package var service: [UInt8]
    /// The endpoint's text in the configuration.
    package var endpoint: [UInt8]
    package var startMicroseconds: UInt64
    package var lastActivityMicroseconds: UInt64
    package var receivedBytes: UInt64
    package var sentBytes: UInt64
    /// Messages of the client; 0 where frames are not looked at.
    package var receivedMessages: UInt64
    /// Messages or events of the upstream; 0 where they are not looked at.
    package var sentMessages: UInt64
    /// How long a ping to the client and its pong took last; 0: unknown.
    package var clientRoundTripMicroseconds: UInt32
    /// The same for the upstream.
    package var upstreamRoundTripMicroseconds: UInt32
    /// It was told to close and has not ended yet.
    package var isClosing: Bool
}

/// `config` of a middleware of type `websocket`. Times are milliseconds, sizes bytes; nil means no limit.
package struct WebSocketPolicy: Equatable, Sendable {
    /// Path patterns that the policy is restricted to; empty for all.
    package var pathPatterns: [String] = []
    package var pingIntervalMilliseconds: UInt32?
    package var pongTimeoutMilliseconds: UInt32?
    package var readTimeoutMilliseconds: UInt32?
    package var writeTimeoutMilliseconds: UInt32?
    package var connectionsMax: UInt32?
    package var connectionsPerClientMax: UInt32?
    package var messagesPerMinuteMax: UInt32?
    /// Whether ``messagesPerMinuteMax`` counts.
    package var limitsMessageRate = false
    package var messageBytesMax: UInt64?
    package var frameBytesMax: UInt64?
    package var checksOrigin = false
    package var allowedOrigins: [String] = []
    package var subprotocols: [String] = []
    package var tracksConnections = false

    package init() {}
}

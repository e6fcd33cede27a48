/// `config` of a middleware of type `websocket`. Times are milliseconds, sizes bytes; nil means no limit.
package struct WebSocketPolicy: Equatable, Sendable {
    /// Path patterns that the policy is restricted to; empty for all.
    package var pathPatterns: [WrittenPath] = []
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

    /// A path pattern, as it was written and as it is meant.
    package struct WrittenPath: Equatable, Sendable {
        package var text: String
        package var pattern: PathPattern

        package init(text: String, pattern: PathPattern) {
            self.text = text
            self.pattern = pattern
        }
    }

    /// Whether anything was set that holds for upgraded connections. Without, they are relayed opaquely.
    package var isFramed: Bool {
        var other = WebSocketPolicy()
        other.pathPatterns = pathPatterns
        other.limitsMessageRate = limitsMessageRate
        if !limitsMessageRate { other.messagesPerMinuteMax = messagesPerMinuteMax }
        if !checksOrigin { other.allowedOrigins = allowedOrigins }
        return self != other
    }
}

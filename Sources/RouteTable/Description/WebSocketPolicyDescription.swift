/// What a `websocket` middleware was told. Times are milliseconds, sizes bytes on the wire; 0 means that
/// it says nothing.
package struct WebSocketPolicyDescription: Equatable, Sendable {
    /// Index of the middleware.
    package var middleware: UInt32 = 0
    package var middlewareName = ""
    package var pingIntervalMilliseconds: UInt32 = 0
    package var pongTimeoutMilliseconds: UInt32 = 0
    package var readTimeoutMilliseconds: UInt32 = 0
    package var writeTimeoutMilliseconds: UInt32 = 0
    package var connectionsMax: UInt32 = 0
    package var connectionsPerClientMax: UInt32 = 0
    package var messagesPerMinuteMax: UInt32 = 0
    package var messageBytesMax: UInt64 = 0
    package var frameBytesMax: UInt64 = 0
    package var checksOrigin = false
    package var allowedOrigins: [String] = []
    package var subprotocols: [String] = []
    package var tracksConnections = false
    package var pathPatterns: [String] = []
    /// Whether frames are looked at.
    package var isFramed = false

    package init() {}
}

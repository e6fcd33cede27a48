/// What holds for one upgraded connection: the route's `websocket` middleware and, where that says
/// nothing, its service. Times are milliseconds; 0 means none.
package struct TunnelPolicy: BitwiseCopyable, Equatable, Sendable {
    /// Whether frames are looked at. Without, only their boundaries are known.
    package var isFramed = false
    package var pingIntervalMilliseconds: UInt64 = 0
    package var pongTimeoutMilliseconds: UInt64 = 0
    /// Silence of both sides.
    package var readTimeoutMilliseconds: UInt64 = 0
    /// No progress towards the upstream while bytes wait for it.
    package var writeTimeoutMilliseconds: UInt64 = 0
    /// The same towards the client; 0: what the settings say.
    package var clientWriteTimeoutMilliseconds: UInt64 = 0
    /// Of the client. 0: no limit.
    package var messagesPerMinuteMax: UInt64 = 0
    package var messageBytesMax = UInt64.max
    package var frameBytesMax = UInt64.max

    package init() {}
}

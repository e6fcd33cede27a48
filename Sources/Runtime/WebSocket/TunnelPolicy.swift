/// What holds for one upgraded connection: the route's `websocket` middleware and, where that says
/// nothing, its service. Times are milliseconds; 0 means none. In the order in which it has no gaps.
package struct TunnelPolicy: BitwiseCopyable, Equatable, Sendable {
    package var messageBytesMax = UInt64.max
    package var frameBytesMax = UInt64.max
    /// At most what ``BriefTime/milliseconds(_:)`` allows, and so is the next one.
    package var pingIntervalMilliseconds: UInt32 = 0
    package var pongTimeoutMilliseconds: UInt32 = 0
    /// Silence of both sides.
    package var readTimeoutMilliseconds: UInt32 = 0
    /// No progress towards the upstream while bytes wait for it.
    package var writeTimeoutMilliseconds: UInt32 = 0
    /// The same towards the client; 0: what the settings say.
    package var clientWriteTimeoutMilliseconds: UInt32 = 0
    /// Of the client. 0: no limit.
    package var messagesPerMinuteMax: UInt32 = 0
    /// Whether frames are looked at. Without, only their boundaries are known.
    package var isFramed = false

    package init() {}
}

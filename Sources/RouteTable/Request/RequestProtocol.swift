/// What a request asks for, as `match.protocol` distinguishes it.
package enum RequestProtocol: UInt8, BitwiseCopyable, Sendable {
    /// Everything that is neither of the other two.
    case http = 0
    /// A GET with `text/event-stream` in Accept.
    case sse = 1
    /// A valid WebSocket upgrade (RFC 6455, 4.1).
    case webSocket = 2
}

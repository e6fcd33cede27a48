/// What a WebSocket does besides echoing, chosen by path.
enum WebSocketBehaviour: Equatable, Sendable {
    case echo
    /// Resets the TCP connection when the first message is complete.
    case resetAfterFirstMessage
    /// Ends the TCP connection without a Close when the first message is complete.
    case dropAfterFirstMessage
    /// Closes with this code when the first message is complete.
    case closeAfterFirstMessage(code: UInt16)
    /// Reads and never answers, not even a ping.
    case silent
    /// Sends this many text messages in the same write as the handshake, then echoes.
    case greet(count: Int)
}

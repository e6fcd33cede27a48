/// What a long-lived connection is.
package enum StreamKind: UInt8, BitwiseCopyable, Sendable {
    case webSocket
    case eventStream

    /// The word that the admin listener and logs use.
    package var name: StaticString {
        switch self {
        case .webSocket: "websocket"
        case .eventStream: "sse"
        }
    }
}

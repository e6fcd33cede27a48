/// What a request wants its connection to become.
package enum UpgradeRequest: UInt8, BitwiseCopyable, Sendable {
    /// Nothing, or a protocol that is not spoken here and is ignored (RFC 9110, 7.8).
    case none
    /// A WebSocket, by a handshake that is in order.
    case webSocket
    /// A WebSocket, by a handshake that is not: 400.
    case invalidWebSocket
    /// A WebSocket of another version than 13: 426.
    case unsupportedWebSocketVersion

    /// The status of the answer if the request must be refused for this.
    package var refusal: HTTPStatus? {
        switch self {
        case .none, .webSocket: nil
        case .invalidWebSocket: .badRequest
        case .unsupportedWebSocketVersion: .upgradeRequired
        }
    }
}

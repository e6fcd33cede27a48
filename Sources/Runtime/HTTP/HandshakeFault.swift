/// Why an upstream's 101 was not believed. The client gets a 502.
package enum HandshakeFault: UInt8, Error, BitwiseCopyable, CaseIterable, Sendable {
    case notSwitchingProtocols
    case outdatedVersion
    case missingUpgrade
    case missingConnectionUpgrade
    case wrongAccept
    case subprotocolNotOffered
    case extensionNotOffered

    /// What is wrong, for the log: plain ASCII, no quotes.
    package var reason: StaticString {
        switch self {
        case .notSwitchingProtocols: "the answer to the handshake is not 101"
        case .outdatedVersion: "the answer to the handshake is of HTTP/1.0"
        case .missingUpgrade: "Upgrade does not say websocket and nothing else"
        case .missingConnectionUpgrade: "Connection does not say upgrade"
        case .wrongAccept: "Sec-WebSocket-Accept does not fit the key"
        case .subprotocolNotOffered: "the chosen subprotocol was not offered"
        case .extensionNotOffered: "a chosen extension was not offered"
        }
    }
}

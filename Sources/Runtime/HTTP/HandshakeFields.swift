import RouteTable

/// What the fields of a client's WebSocket handshake say (RFC 6455, 4.2.1).
struct HandshakeFields {
    private(set) var key = ByteRange.empty

    private var version = ByteRange.empty
    private var keyCount = 0
    private var versionCount = 0
    private var subprotocolCount = 0
    private var areSubprotocolsValid = true

    mutating func read(_ kind: KnownHeader, _ value: ByteRange, in bytes: RawSpan) {
        switch kind {
        case .secWebSocketKey:
            key = value
            keyCount += 1
        case .secWebSocketVersion:
            version = value
            versionCount += 1
        default:
            var list = ListCursor(value)
            while subprotocolCount <= WebSocketOffer.subprotocolCountMax,
                let name = list.next(in: bytes)
            {
                subprotocolCount += 1
                for offset in name.offsets where !OctetClass.isToken(bytes.octet(at: offset)) {
                    areSubprotocolsValid = false
                }
            }
        }
    }

    /// What the handshake is, if the request is otherwise fit for one.
    func classification(in bytes: RawSpan) -> UpgradeRequest {
        guard versionCount <= 1 else { return .invalidWebSocket }
        guard bytes.equalsIgnoringCase(version, "13") else { return .unsupportedWebSocketVersion }
        guard keyCount == 1, WebSocketHandshake.isKey(key, in: bytes), areSubprotocolsValid,
            subprotocolCount <= WebSocketOffer.subprotocolCountMax
        else { return .invalidWebSocket }
        return .webSocket
    }
}

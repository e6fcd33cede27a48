/// What names and values in an HTTP head may hold.
enum HeaderText {
    /// RFC 9110 section 5.6.2.
    static func isToken(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 256 && text.utf8.allSatisfy(isTokenByte)
    }

    /// RFC 9110 section 5.5, without bytes outside ASCII, which have no agreed meaning.
    static func isValue(_ text: String) -> Bool {
        text.utf8.count <= 8192 && text.utf8.allSatisfy { $0 == 0x09 || (0x20...0x7E).contains($0) }
    }

    /// Whether a field ends at the next hop, or says where a message ends, or is part of a WebSocket
    /// handshake: in any spelling that some program takes for it.
    static func isReserved(_ name: String) -> Bool {
        let plain = HostText.lowercased(name).map { $0 == "_" ? "-" : $0 }
        return reserved.contains(String(plain))
    }

    private static let reserved: Set<String> = [
        "connection", "content-length", "expect", "host", "http2-settings", "keep-alive",
        "proxy-authenticate", "proxy-authorization", "proxy-connection", "sec-websocket-accept",
        "sec-websocket-extensions", "sec-websocket-key", "sec-websocket-protocol",
        "sec-websocket-version", "te", "trailer", "transfer-encoding", "upgrade",
    ]

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}

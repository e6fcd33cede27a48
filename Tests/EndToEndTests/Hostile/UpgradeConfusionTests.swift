import TestSupport
import Testing

/// Goal: a request that is no WebSocket handshake never becomes a tunnel.
/// Method: the backend agrees to everything with a 101 that would be right for a handshake.
@Suite("Upgrade confusion")
struct UpgradeConfusionTests {
    private static let key = "Sec-WebSocket-Key: \(TestConnection.webSocketKey)"
    private static let version = "Sec-WebSocket-Version: 13"

    @Test(
        "What is no handshake opens no tunnel, opaque or framed",
        arguments: [
            ("GET / HTTP/1.1", ["Upgrade: websocket"], 400),
            ("GET / HTTP/1.1", ["Upgrade: websocket", "Connection: keep-alive"], 400),
            ("POST / HTTP/1.1", ["Upgrade: websocket", "Connection: Upgrade"], 400),
            ("GET / HTTP/1.0", ["Upgrade: websocket", "Connection: Upgrade"], 502),
            ("GET / HTTP/1.1", ["Upgrade: h2c", "Connection: Upgrade"], 502),
            ("GET / HTTP/1.1", ["Connection: Upgrade"], 502),
            ("GET / HTTP/1.1", [], 502),
        ], [false, true])
    func requests(_ request: (line: String, fields: [String], status: Int), isFramed: Bool) throws {
        let backend = try UpgradingBackend.start { peer in
            try peer.send(bytes: TestConnection.serverFrame(0x81, Array("tunnel".utf8)))
            _ = try peer.readToEnd()
        }
        let proxy =
            isFramed
            ? try FramedProxy.start(to: backend.port, policy: "{max_connections: 9}")
            : try ProxyUnderTest(ProxyUnderTest.everything(to: backend.port))
        let connection = try proxy.connect()
        let lines = [request.line, "Host: a", Self.key, Self.version] + request.fields
        try connection.send(lines.joined(separator: "\r\n") + "\r\n\r\n")
        let answer = try connection.readAnswer()
        #expect(answer.status == request.status)
        #expect(!answer.text.contains("tunnel"))
        if request.status == 400 { return #expect(backend.connectionCount == 0) }
        let log = try proxy.accessLine("/")
        #expect(log.contains("\"reason\":\"switched protocols unasked\""), "\(log)")
    }
}

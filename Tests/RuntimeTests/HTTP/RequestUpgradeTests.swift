import RouteTable
import Runtime
import Testing

@Suite("WebSocket requests")
struct RequestUpgradeTests {
    private static let key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
    private static let usual =
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\(key)"

    private func upgrade(
        _ fields: String, method: String = "GET", version: String = "HTTP/1.1"
    ) -> UpgradeRequest? {
        parseRequest("\(method) / \(version)\r\nHost: h\r\n\(fields)\r\n\r\n").head?.upgrade
    }

    @Test(
        "A handshake in order is a WebSocket",
        arguments: [
            usual,
            "upgrade: WebSocket\r\nCONNECTION: keep-alive, UPGRADE\r\n"
                + "sec-websocket-version: 13\r\n\(key)",
            "Upgrade: h2c, websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\(key)",
            usual + "\r\nContent-Length: 0",
            usual + "\r\nSec-WebSocket-Protocol: chat, superchat\r\nSec-WebSocket-Protocol: x",
            usual + "\r\nConnection: keep-alive",
        ])
    func valid(fields: String) throws {
        let bytes = Array("GET / HTTP/1.1\r\nHost: h\r\n\(fields)\r\n\r\n".utf8)
        let head = try #require(parseRequest(bytes).head)
        #expect(head.upgrade == .webSocket)
        #expect(head.upgrade.refusal == nil)
        #expect(head.requestProtocol == .webSocket)
        #expect(text(head.webSocketKey, of: bytes) == "dGhlIHNhbXBsZSBub25jZQ==")
    }

    @Test(
        "A handshake that is not in order is refused with 400",
        arguments: [
            "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\(key)",
            "Upgrade: websocket\r\nConnection: close\r\nSec-WebSocket-Version: 13\r\n\(key)",
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13",
            usual + "\r\n\(key)",
            usual + "\r\nSec-WebSocket-Version: 13",
            usual + "\r\nContent-Length: 1",
            usual + "\r\nTransfer-Encoding: chunked",
            usual + "\r\nSec-WebSocket-Protocol: a b",
            usual + "\r\nSec-WebSocket-Protocol: "
                + (0..<17).map { "p\($0)" }.joined(separator: ", "),
        ])
    func invalid(fields: String) {
        #expect(upgrade(fields) == .invalidWebSocket)
        #expect(UpgradeRequest.invalidWebSocket.refusal == .badRequest)
    }

    @Test(
        "A key that is not 16 bytes in base64 is refused",
        arguments: [
            "", "x", "dGhlIHNhbXBsZSBub25jZQ=", "dGhlIHNhbXBsZSBub25jZQ===",
            "dGhlIHNhbXBsZSBub25jZQ",
            "dGhlIHNhbXBsZSBub25jZQ!=", "dGhlIHNhbXBsZSBub25jZ===", "dGhlIHNhbXBsZSBub25jZQAA",
            "dGhlIHNhb-BsZSBub25jZQ==", "dGhlIHNhbXBsZSBub25jZQ==, dGhlIHNhbXBsZSBub25jZQ==",
        ])
    func keys(key: String) {
        let fields =
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: \(key)"
        #expect(upgrade(fields) == .invalidWebSocket)
    }

    @Test(
        "Another WebSocket version is 426",
        arguments: [
            "Sec-WebSocket-Version: 8\r\n", "Sec-WebSocket-Version: 013\r\n",
            "Sec-WebSocket-Version: 13, 8\r\n", "Sec-WebSocket-Version:\r\n", "",
        ])
    func versions(field: String) {
        let fields = "Upgrade: websocket\r\nConnection: Upgrade\r\n\(field)\(Self.key)"
        #expect(upgrade(fields) == .unsupportedWebSocketVersion)
        #expect(UpgradeRequest.unsupportedWebSocketVersion.refusal == .upgradeRequired)
    }

    @Test("A WebSocket begins with GET")
    func method() {
        #expect(upgrade(Self.usual, method: "POST") == .invalidWebSocket)
        #expect(upgrade(Self.usual, method: "get") == .invalidWebSocket)
    }

    @Test("Of an HTTP/1.0 client Upgrade is ignored: RFC 9110, 7.8")
    func version() {
        #expect(upgrade(Self.usual, version: "HTTP/1.0") == UpgradeRequest.none)
    }

    @Test(
        "Other protocols are ignored",
        arguments: [
            "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABk",
            "Upgrade: websockets\r\nConnection: Upgrade", "Connection: Upgrade", "Upgrade: TLS/1.0",
            "Upgrade: web socket\r\nConnection: Upgrade", "Upgrade:\r\nConnection: Upgrade",
        ])
    func otherProtocols(fields: String) throws {
        #expect(upgrade(fields) == UpgradeRequest.none)
        let rewritten = try #require(
            rewriteRequest("GET / HTTP/1.1\r\nHost: h\r\n\(fields)\r\n\r\n"))
        let names = parseRequest(rewritten).fields.map { $0.name.lowercased() }
        #expect(!names.contains("upgrade") && !names.contains("connection"))
        #expect(!names.contains("http2-settings"))
    }
}

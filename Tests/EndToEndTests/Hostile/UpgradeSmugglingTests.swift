import Synchronization
import TestSupport
import Testing

/// Goal: what a client sends behind a handshake reaches the upstream only through a tunnel that both have agreed
/// on; otherwise nobody ever reads it as a request.
/// Method: a handshake with a request behind it, to upstreams that answer all but rightly.
@Suite("Upgrade smuggling")
struct UpgradeSmugglingTests {
    private static let smuggled = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"

    /// Keeps what the upstream got on each of its connections.
    private final class Received: Sendable {
        private let bytes = Mutex<[UInt8]>([])
        func add(_ more: [UInt8]) { bytes.withLock { $0 += more } }
        var text: String { String(decoding: bytes.withLock { $0 }, as: UTF8.self) }
    }

    @Test(
        "Without an agreement nothing behind the handshake is read",
        arguments: [
            ("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nno", 200),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 200),
            ("HTTP/1.1 204 No Content\r\n\r\n", 204),
            ("HTTP/1.1 304 Not Modified\r\n\r\n", 304),
            ("HTTP/1.1 403 No\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n", 403),
            ("HTTP/1.1 426 No\r\nUpgrade: websocket\r\nContent-Length: 0\r\n\r\n", 426),
            ("HTTP/1.1 101 OK\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n", 502),
            (
                "HTTP/1.1 101 OK\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                    + "Sec-WebSocket-Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\n\r\n", 502
            ),
            ("HTTP/1.1 101 OK\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n", 502),
            ("HTTP/1.1 101 OK\r\n\r\n", 502),
            ("HTTP/1.1 1\r\n\r\n", 502),
            ("", 502),
        ])
    func refused(answer: String, status: Int) throws {
        let received = Received()
        let backend = try ScriptedBackend { peer in
            received.add(Array(try peer.readHead().joined(separator: "\n").utf8))
            try peer.send(answer)
            if answer.isEmpty { peer.endSending() }
            received.add(try peer.readToEnd())
        }
        let proxy = try ProxyUnderTest(ProxyUnderTest.everything(to: backend.port))
        let connection = try proxy.connect()
        try connection.send(
            TestConnection.head("GET", "/ws", fields: TestConnection.upgradeFields) + Self.smuggled)
        #expect(try connection.readAnswer().status == status)
        // Nor what comes later.
        try? connection.send(Self.smuggled)
        #expect(try connection.isAtEnd())
        connection.end()
        #expect(try proxy.terminate() == .code(0))
        try Deadline.poll("the backend has read everything") {
            backend.endedCount == backend.connectionCount
        }
        #expect(backend.connectionCount == 1)
        #expect(received.text.hasPrefix("GET /ws HTTP/1.1\n"))
        #expect(!received.text.contains("smuggled"))
    }

    @Test("A handshake that the proxy refuses or answers itself ends the connection")
    func answeredHere() throws {
        let backend = try ScriptedBackend { peer in _ = try peer.readToEnd() }
        let proxy = try ProxyUnderTest(
            """
            services: {origin: {url: "http://127.0.0.1:\(backend.port)"}}
            route_rules:
              - {pattern: /here, respond: {status: 200, body: here}}
              - {pattern: /there, redirect: {to: "http://x/"}}
              - {pattern: /smuggled, target: origin}
            """)
        for (target, status) in [("/here", 200), ("/there", 302), ("/nowhere", 404)] {
            let connection = try proxy.connect()
            try connection.send(
                TestConnection.head("GET", target, fields: TestConnection.upgradeFields)
                    + Self.smuggled)
            #expect(try connection.readAnswer().status == status)
            #expect(try connection.isAtEnd())
        }
        #expect(backend.connectionCount == 0)
    }
}

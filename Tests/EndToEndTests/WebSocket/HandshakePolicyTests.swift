import Foundation
import TestSupport
import Testing

@Suite("Policies of WebSocket handshakes")
struct HandshakePolicyTests {
    @Test(
        "Pages of other origins are refused before the backend is asked",
        arguments: [
            ("https://app.example.com", 101), ("https://example.org", 101),
            ("https://evil.org", 403), ("http://example.org", 403), (nil, 101),
        ] as [(String?, Int)])
    func origins(origin: String?, status: Int) throws {
        let backend = try UpgradingBackend.start { _ = try $0.readToEnd() }
        let proxy = try FramedProxy.start(
            to: backend.port,
            policy: """
                {enable_origin_check: true, \
                allowed_origins: ["https://*.example.com", "https://example.org"]}
                """)
        let answer = try proxy.connect().upgrade(
            "/o", fields: origin.map { ["Origin: \($0)"] } ?? [])
        #expect(answer.status == status)
        #expect(backend.connectionCount == (status == 101 ? 1 : 0))
        guard status == 403 else { return }
        let line = try proxy.accessLine("/o")
        #expect(line.contains("\"reason\":\"origin not allowed\""))
    }

    @Test("Only subprotocols of the list are offered to the backend")
    func subprotocols() throws {
        let offered = ScriptResult<[String]>()
        let backend = try ScriptedBackend { peer in
            let head = try peer.readHead()
            offered.set(head.filter { $0.lowercased().hasPrefix("sec-websocket-protocol") })
            try peer.send(
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: \(TestConnection.webSocketAccept)\r\n"
                    + "Sec-WebSocket-Protocol: chat.v2\r\n\r\n")
            _ = try peer.readToEnd()
        }
        let proxy = try FramedProxy.start(
            to: backend.port, policy: "{subprotocols: [chat.v2, chat.v1]}")
        let answer = try proxy.connect().upgrade(
            "/",
            fields: ["Sec-WebSocket-Protocol: other, chat.v1", "Sec-WebSocket-Protocol: chat.v2"])
        #expect(answer.status == 101)
        #expect(answer.value("Sec-WebSocket-Protocol") == "chat.v2")
        #expect(try offered.wait() == ["Sec-WebSocket-Protocol: chat.v1, chat.v2"])
    }

    @Test(
        "Without a subprotocol in common none is offered, and one that was not offered is refused")
    func noCommonSubprotocol() throws {
        let backend = try ScriptedBackend { peer in
            let head = try peer.readHead()
            let isOffered = head.contains { $0.lowercased().hasPrefix("sec-websocket-protocol") }
            let chosen = head[0].contains("/choose") ? "Sec-WebSocket-Protocol: other\r\n" : ""
            let status = isOffered ? "400 Bad Request" : "101 Switching Protocols"
            try peer.send(
                "HTTP/1.1 \(status)\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: \(TestConnection.webSocketAccept)\r\n\(chosen)\r\n")
            _ = try peer.readToEnd()
        }
        let proxy = try FramedProxy.start(to: backend.port, policy: "{subprotocols: [chat.v2]}")
        let fields = ["Sec-WebSocket-Protocol: other"]
        let answer = try proxy.connect().upgrade("/", fields: fields)
        #expect(answer.status == 101)
        #expect(answer.value("Sec-WebSocket-Protocol") == nil)
        #expect(try proxy.connect().upgrade("/choose", fields: fields).status == 502)
    }

    @Test("One more than the route may have gets 503, one more of a client 429")
    func limits() throws {
        for (policy, status) in [
            ("{max_connections: 2}", 503), ("{max_connections_per_client: 2}", 429),
        ] {
            let origin = try TestOrigin()
            let proxy = try FramedProxy.start(to: origin.port, policy: policy)
            let first = try proxy.connect()
            let second = try proxy.connect()
            #expect(try first.upgrade("/ws").status == 101)
            #expect(try second.upgrade("/ws").status == 101)
            let answer = try proxy.connect().upgrade("/ws/third")
            #expect(answer.status == status)
            #expect(answer.value("Retry-After") == "5")
            // Requests that are no WebSockets do not count.
            #expect(try proxy.request("GET", "/bytes/1").status == 200)
            try second.send(bytes: TestConnection.frame(8, FramedProxy.close(1000)))
            _ = try second.readToEnd()
            _ = try proxy.program.line(containing: "\"status\":101")
            try Deadline.poll("the place of one that has left can be had again") {
                try proxy.connect().upgrade("/ws").status == 101
            }
        }
    }

    /// Goal: the limit is exact, whichever worker takes the connection.
    /// Method: two hundred handshakes are under way at once; fifty of them get a place, and keep it.
    @Test("Two hundred attempts at once against a limit of fifty leave exactly fifty")
    func exactLimit() throws {
        let backend = try UpgradingBackend.start { _ = try $0.readToEnd() }
        let proxy = try FramedProxy.start(
            to: backend.port, policy: "{max_connections: 50}", options: ["--workers", "2"])
        let connections = try (0..<200).map { _ in try proxy.connect() }
        let head = TestConnection.head("GET", "/", fields: TestConnection.upgradeFields)
        for connection in connections { try connection.send(head) }
        let statuses = try connections.map { try $0.readAnswer().status }
        #expect(statuses.count { $0 == 101 } == 50)
        #expect(statuses.count { $0 == 503 } == 150)
        #expect(backend.connectionCount == 50)
    }

    @Test("A backend that refuses the upgrade gives the place back")
    func refusedByBackend() throws {
        let origin = try TestOrigin()
        // One worker: another may see the next handshake before this one has given the place back.
        let proxy = try FramedProxy.start(
            to: origin.port, policy: "{max_connections: 1}", options: ["--workers", "1"])
        for _ in 0..<3 { #expect(try proxy.connect().upgrade("/status/403").status == 403) }
        #expect(try proxy.connect().upgrade("/ws").status == 101)
    }

    @Test("A policy with paths is for those paths only")
    func paths() throws {
        let origin = try TestOrigin()
        let proxy = try FramedProxy.start(
            to: origin.port,
            policy: """
                {max_message_size: 3, \
                path_patterns: ["/ws/{room}/x", "~^/ws/re[0-9]+$", "/ws/e"]}
                """)
        for (path, isFramed) in [
            ("/ws/a/x", true), ("/ws/a/y", false), ("/ws/re12", true), ("/ws/re", false),
            ("/ws/e", true), ("/ws/e/", false),
        ] {
            let connection = try proxy.connect()
            #expect(try connection.upgrade(path).status == 101)
            try connection.sendFrame(1, "1234")
            #expect(try connection.readFrame().opcode == (isFramed ? 8 : 1), "\(path)")
        }
    }

    @Test("The environment goes before the table, and the log says so")
    func environment() throws {
        let origin = try TestOrigin()
        let proxy = try FramedProxy.start(
            to: origin.port, policy: "{max_connections: 100}",
            environment: [
                "WEBSOCKET_MAX_CONNECTIONS": "1", "WEBSOCKET_ENABLE_ORIGIN_CHECK": "true",
                "WEBSOCKET_ALLOWED_ORIGINS": "https://a.example, https://b.example",
            ])
        _ = try proxy.program.line(containing: "WEBSOCKET_MAX_CONNECTIONS")
        _ = try proxy.program.line(containing: "WEBSOCKET_ALLOWED_ORIGINS")
        let first = try proxy.connect()
        #expect(try first.upgrade("/ws", fields: ["Origin: https://b.example"]).status == 101)
        #expect(
            try proxy.connect().upgrade("/ws", fields: ["Origin: https://c.example"]).status == 403)
        #expect(try proxy.connect().upgrade("/ws").status == 503)
    }

    @Test(
        "A variable that can't be understood stops the start with a clear line",
        arguments: [
            ("WEBSOCKET_PING_INTERVAL", "soon"), ("WEBSOCKET_MAX_CONNECTIONS", "0"),
            ("WEBSOCKET_ENABLE_ORIGIN_CHECK", "maybe"), ("WEBSOCKET_ALLOWED_ORIGINS", "example"),
        ])
    func badEnvironment(name: String, value: String) throws {
        let directory = try TemporaryDirectory()
        let table = try ProxyUnderTest.compile(
            ProxyUnderTest.everything(to: 1), in: directory)
        let result = try RunningProgram.run(
            BuiltPrograms.path("wsproxy"), ["--routes", table, "--listen", "127.0.0.1:0=8080"],
            environment: [name: value])
        #expect(result.exit == .code(1))
        #expect(result.errors.contains(name))
    }
}

import TestSupport
import Testing

@Suite("Relaying WebSockets")
struct WebSocketTests {
    @Test("Messages, fragments, pings and the close pass both ways")
    func echo() throws {
        let pair = try OriginAndProxy()
        let connection = try pair.proxy.connect()
        let answer = try connection.upgrade("/ws/a", fields: ["Sec-WebSocket-Protocol: chat.v2, x"])
        #expect(answer.status == 101)
        #expect(answer.value("Sec-WebSocket-Accept") == TestConnection.webSocketAccept)
        #expect(answer.value("Sec-WebSocket-Protocol") == "chat.v2")
        #expect(answer.value("Upgrade")?.lowercased() == "websocket")
        try EchoedMessages.mixed(on: connection)
    }

    @Test("Large messages pass whole", arguments: [125, 126, 65_535, 65_536, 4_000_000])
    func sizes(byteCount: Int) throws {
        let pair = try OriginAndProxy()
        let connection = try pair.proxy.connect()
        #expect(try connection.upgrade("/ws").status == 101)
        try EchoedMessages.large(byteCount, on: connection)
    }

    @Test("Bytes that come together with the handshake are not lost, from either side")
    func bytesWithHandshake() throws {
        let pair = try OriginAndProxy()
        let connection = try pair.proxy.connect()
        try EchoedMessages.withHandshake(on: connection)
    }

    @Test("What a client says last arrives, also if the upstream has ended and it leaves at once")
    func lastWord() throws {
        let last = TestConnection.frame(2, [UInt8](repeating: 7, count: 300_000))
        let backend = try ScriptedBackend { peer in
            _ = try peer.readHead()
            try peer.send(
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: \(TestConnection.webSocketAccept)\r\n\r\n")
            peer.endSending()
            guard try peer.readToEnd() == last else {
                throw TestSupportError("something is missing")
            }
        }
        let proxy = try ProxyUnderTest(ProxyUnderTest.everything(to: backend.port))
        for _ in 0..<10 {
            let connection = try proxy.connect()
            #expect(try connection.upgrade("/").status == 101)
            #expect(try connection.isAtEnd())
            try connection.send(bytes: last)
            connection.end()
        }
        try Deadline.poll("every connection of the backend has ended") { backend.endedCount == 10 }
        #expect(backend.failures.isEmpty)
    }

    @Test("An upgrade that the origin refuses is passed on with its body")
    func refusedByOrigin() throws {
        let pair = try OriginAndProxy()
        let connection = try pair.proxy.connect()
        let answer = try connection.upgrade("/status/403")
        #expect(answer.status == 403)
        #expect(answer.text == "status 403\n")
    }

    @Test(
        "Upgrades that are none are refused",
        arguments: [
            (["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13"], 400),
            (
                [
                    "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: short",
                ], 400
            ),
            (
                [
                    "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 8",
                    "Sec-WebSocket-Key: \(TestConnection.webSocketKey)",
                ], 426
            ),
        ])
    func invalidUpgrade(fields: [String], status: Int) throws {
        let pair = try OriginAndProxy()
        let answer = try pair.proxy.request("GET", "/ws", fields: fields)
        #expect(answer.status == status)
        if status == 426 { #expect(answer.value("Sec-WebSocket-Version") == "13") }
    }

    @Test(
        "An answer that is no valid 101 is a bad gateway",
        arguments: [
            "bad-accept", "no-accept", "101-without-upgrade", "garbage", "close-in-head",
        ])
    func invalidAnswer(fault: String) throws {
        let pair = try OriginAndProxy()
        let answer = try pair.proxy.connect().upgrade("/fault/\(fault)")
        #expect(answer.status == 502)
        let line = try pair.proxy.accessLine("/fault/\(fault)")
        #expect(line.contains("\"fault\":\"upstream\""))
    }

    @Test(
        "A 101 that switches to something else beside is a bad gateway",
        arguments: ["websocket, h2c", "h2c, websocket", "websocket\r\nUpgrade: h2c", "h2c"])
    func otherProtocol(upgrade: String) throws {
        let backend = try ScriptedBackend { peer in
            _ = try peer.readHead()
            try peer.send(
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: \(upgrade)\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: \(TestConnection.webSocketAccept)\r\n\r\n")
            _ = try peer.readToEnd()
        }
        let proxy = try ProxyUnderTest(ProxyUnderTest.everything(to: backend.port))
        #expect(try proxy.connect().upgrade("/").status == 502)
        #expect(try proxy.accessLine("/").contains("WebSocket handshake not accepted"))
    }

    @Test("A subprotocol that nobody offered is a bad gateway")
    func wrongSubprotocol() throws {
        let backend = try ScriptedBackend { peer in
            _ = try peer.readHead()
            try peer.send(
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: \(TestConnection.webSocketAccept)\r\n"
                    + "Sec-WebSocket-Protocol: other\r\n\r\n")
            _ = try peer.readToEnd()
        }
        let proxy = try ProxyUnderTest(ProxyUnderTest.everything(to: backend.port))
        let answer = try proxy.connect().upgrade("/", fields: ["Sec-WebSocket-Protocol: chat"])
        #expect(answer.status == 502)
    }

    @Test(
        "An origin that resets or drops the connection ends the client's",
        arguments: ["reset", "drop"])
    func originBreaksOff(way: String) throws {
        let pair = try OriginAndProxy()
        let connection = try pair.proxy.connect()
        #expect(try connection.upgrade("/ws/\(way)").status == 101)
        let before = try pair.proxy.program.descriptorCount()
        try connection.sendFrame(1, "go")
        _ = try connection.readToEnd()
        connection.end()
        let line = try pair.proxy.accessLine("/ws/\(way)")
        #expect(line.contains("\"status\":101"))
        try pair.proxy.awaitDescriptorCount(before - 2)
    }

    @Test("A client that vanishes closes the origin's side")
    func clientVanishes() throws {
        let pair = try OriginAndProxy()
        for resets in [true, false] {
            let connection = try pair.proxy.connect()
            #expect(try connection.upgrade("/ws").status == 101)
            if resets { connection.reset() } else { connection.end() }
        }
        try Deadline.poll("the origin has no connection left") {
            try pair.origin.openConnectionCount() == 0
        }
        #expect(try pair.proxy.terminate() == .code(0))
    }

    @Test("Upgraded connections outlive the timeouts of requests")
    func noRequestTimeout() throws {
        let pair = try OriginAndProxy(
            top: "advanced: {timeout: {header_timeout: 2s, idle_timeout: 2s}}")
        let idle = try pair.proxy.connect()
        let connection = try pair.proxy.connect()
        #expect(try connection.upgrade("/ws").status == 101)
        // An idle connection of the same age shows that the time has passed.
        #expect(try idle.isAtEnd())
        try connection.sendFrame(1, "still here")
        #expect(try connection.readFrame() == (1, Array("still here".utf8)))
    }

    @Test("Silence of both sides ends the connection after the service's read timeout")
    func silence() throws {
        let pair = try OriginAndProxy(service: "read_timeout: 2s")
        let connection = try pair.proxy.connect()
        #expect(try connection.upgrade("/ws/silent").status == 101)
        _ = try connection.readToEnd()
        try Deadline.poll("the origin has no connection left") {
            try pair.origin.openConnectionCount() == 0
        }
        #expect(try pair.proxy.request("GET", "/bytes/1").text == "a")
    }
}

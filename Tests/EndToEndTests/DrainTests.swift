import Glibc
import TestSupport
import Testing

@Suite("Draining")
struct DrainTests {
    private static func proxy(
        to port: UInt16, timeout: String, config: String = "heartbeat_interval: 1h"
    ) throws -> ProxyUnderTest {
        try ProxyUnderTest.events(to: port, config, options: ["--drain-timeout", timeout])
    }

    /// What clients are told to wait, if that is all that `text` says.
    private static func retryMilliseconds(_ text: String) -> Int? {
        guard text.hasPrefix("retry: "), text.hasSuffix("\n\n") else { return nil }
        return Int(text.dropFirst(7).dropLast(2))
    }

    @Test("Event streams end with a random delay, each at its own time, and the proxy exits with 0")
    func eventStreams() throws {
        let backend = try EventBackend([
            EventBackend.chunked + EventBackend.chunk("data: 1\n\n")
        ])
        let proxy = try Self.proxy(to: backend.port, timeout: "8s")
        let clients = try (0..<20).map { _ in try proxy.connect() }
        for client in clients {
            _ = try client.openEvents()
            #expect(try client.readText() == "data: 1\n\n")
        }
        proxy.program.send(SIGTERM)
        var delays: Set<Int> = []
        for client in clients {
            let delay = try #require(Self.retryMilliseconds(try client.readEvents()))
            #expect(1_500...4_500 ~= delay)
            delays.insert(delay)
            #expect(try client.isAtEnd())
        }
        #expect(delays.count > 10)
        #expect(try proxy.program.exit() == .code(0))
        #expect(try proxy.accessLine("/").contains("ended by a drain"))
    }

    @Test("The delay is around the one that the middleware names")
    func configuredDelay() throws {
        let backend = try EventBackend([EventBackend.chunked])
        let proxy = try Self.proxy(to: backend.port, timeout: "8s", config: "retry: 100s")
        let client = try proxy.connect()
        _ = try client.openEvents()
        #expect(try client.readText() == "retry: 100000\n\n")
        proxy.program.send(SIGTERM)
        let delay = try #require(Self.retryMilliseconds(try client.readEvents()))
        #expect(50_000...150_000 ~= delay)
    }

    @Test("An event that has begun is delivered before the stream ends")
    func wholeEvents() throws {
        let backend = try EventBackend([
            EventBackend.chunked + EventBackend.chunk("data: 1\n"),
            EventBackend.chunk("data: 2\n\n"),
        ])
        let proxy = try Self.proxy(to: backend.port, timeout: "8s")
        let client = try proxy.connect()
        _ = try client.openEvents()
        #expect(try client.readText() == "data: 1\n")
        proxy.program.send(SIGTERM)
        try Deadline.poll("the proxy takes no connection") {
            (try? proxy.connect().isAtEnd()) ?? true
        }
        backend.goOn()
        // Its own end may be due before or after the event: it is whole in both cases.
        let text = try client.readEvents()
        #expect(text.hasPrefix("data: 2\n\n"))
        #expect(Self.retryMilliseconds(String(text.dropFirst(9))) != nil)
        #expect(try proxy.program.exit() == .code(0))
    }

    /// Goal: an answer that nobody can ask for again is not cut short. Method: the backend ends it when the proxy has
    /// long been draining.
    @Test("Events that were asked for with POST are delivered to their end")
    func posted() throws {
        let backend = try EventBackend([
            EventBackend.chunked + EventBackend.chunk("data: 1\n\n"),
            EventBackend.chunk("data: 2\n\n") + "0\r\n\r\n",
        ])
        let proxy = try Self.proxy(to: backend.port, timeout: "60s")
        let client = try proxy.connect()
        _ = try client.openEvents("POST")
        #expect(try client.readText() == "data: 1\n\n")
        proxy.program.send(SIGTERM)
        try Deadline.poll("the proxy takes no connection") {
            (try? proxy.connect().isAtEnd()) ?? true
        }
        backend.goOn()
        #expect(try client.readEvents() == "data: 2\n\n")
        #expect(try proxy.program.exit() == .code(0))
    }

    @Test("A WebSocket handshake during a drain is a 503 that says when to try again")
    func newHandshake() throws {
        let pair = try OriginAndProxy(options: ["--drain-timeout", "60s", "--workers", "1"])
        let client = try pair.proxy.connect()
        let head = TestConnection.head("GET", "/ws", fields: TestConnection.upgradeFields)
        // A head that has begun keeps its connection open.
        try client.send(String(head.prefix(20)))
        let witness = try pair.proxy.connect()
        #expect(try witness.request("GET", "/bytes/1").text == "a")
        pair.proxy.program.send(SIGTERM)
        #expect(try witness.isAtEnd())
        try client.send(String(head.dropFirst(20)))
        let answer = try client.readAnswer()
        #expect(answer.status == 503)
        #expect(answer.value("Retry-After") != nil)
        #expect(answer.value("Connection")?.lowercased() == "close")
        #expect(try pair.proxy.program.exit() == .code(0))
    }

    /// Method: more clients than are accepted in one turn connect and ask while the proxy is stopped, so that it is
    /// told to drain while many of them wait, or were accepted and not read yet.
    @Test(
        "Who has asked before the drain gets its answer",
        arguments: ["", ", proxy_protocol: true"])
    func queued(listener: String) throws {
        let proxy = try ProxyUnderTest(
            """
            listeners: [{port: 8080\(listener)}]
            route_rules: [{pattern: /*, respond: {status: 200, body: ok}}]
            """, options: ["--drain-timeout", "60s", "--workers", "1"])
        let announcement = listener.isEmpty ? "" : "PROXY UNKNOWN\r\n"
        try proxy.program.pause()
        let clients = try (0..<500).map { _ in try proxy.connect() }
        for client in clients { try client.send(announcement + TestConnection.head("GET", "/")) }
        proxy.program.send(SIGTERM)
        proxy.program.send(SIGCONT)
        for client in clients {
            #expect(try client.readAnswer().text == "ok")
            #expect(try client.isAtEnd())
            #expect(!client.wasReset)
        }
        #expect(try proxy.program.exit() == .code(0))
    }

    /// Method: as above, with many more clients than places, so that workers may keep one waiting when they are told.
    @Test("Who has asked before the drain is answered or turned away, but not dropped")
    func queuedWithoutRoom() throws {
        let proxy = try ProxyUnderTest(
            """
            advanced: {limits: {max_connections: 3}}
            route_rules: [{pattern: /*, respond: {status: 200, body: ok}}]
            """, options: ["--drain-timeout", "60s", "--workers", "4"])
        try proxy.program.pause()
        let clients = try (0..<300).map { _ in try proxy.connect() }
        for client in clients { try client.send(TestConnection.head("GET", "/")) }
        proxy.program.send(SIGTERM)
        proxy.program.send(SIGCONT)
        var served = 0
        for client in clients {
            let status = try client.readAnswer().status
            #expect(status == 200 || status == 503)
            if status == 200 { served += 1 }
            #expect(try client.isAtEnd())
            #expect(!client.wasReset)
        }
        #expect(served > 0)
        #expect(try proxy.program.exit() == .code(0))
    }

    /// Method: as above. What the clients say is no ClientHello; that they are told so shows that it was read.
    @Test("Who has begun a TLS handshake before the drain gets its answer")
    func queuedHandshakes() throws {
        let directory = try TemporaryDirectory()
        let certificate = try TestCertificate(in: directory)
        let proxy = try ProxyUnderTest(
            """
            listeners:
              - port: 8443
                tls: {certificate: "\(certificate.certificatePath)", key: "\(certificate.keyPath)"}
            route_rules: [{pattern: /*, respond: {status: 200, body: ok}}]
            """, listen: ["127.0.0.1:0=8443"],
            options: ["--drain-timeout", "60s", "--workers", "1"], directory: directory)
        try proxy.program.pause()
        let clients = try (0..<300).map { _ in try proxy.connect() }
        for client in clients { try client.send(bytes: [0x16, 3, 1, 0, 4, 2, 0, 0, 0]) }
        proxy.program.send(SIGTERM)
        proxy.program.send(SIGCONT)
        for client in clients {
            #expect(try client.readToEnd().first == 0x15)
            #expect(!client.wasReset)
        }
        #expect(try proxy.program.exit() == .code(0))
    }

    @Test("A drain whose time is up cuts what is left, and the proxy still exits with 0")
    func timeIsUp() throws {
        let backend = try EventBackend([EventBackend.chunked + EventBackend.chunk("data: ")])
        let proxy = try Self.proxy(to: backend.port, timeout: "300ms")
        let client = try proxy.connect()
        _ = try client.openEvents()
        #expect(try client.readText() == "data: ")
        proxy.program.send(SIGTERM)
        #expect(try proxy.program.exit() == .code(0))
        #expect(try client.readToEnd() == [])
    }

    @Test("A request that waits for forward_auth when the time is up has its line")
    func guardedTimeIsUp() throws {
        let isAsked = LockedFlag(false)
        let asked = try ScriptedBackend { connection in
            _ = try connection.readHead()
            isAsked.exchange(true)
            _ = try connection.readToEnd()
        }
        let proxy = try ProxyUnderTest(
            """
            services: {origin: {url: "http://127.0.0.1:81"}}
            middlewares:
              - {name: door, type: auth, config: {forward_auth: {url: "http://127.0.0.1:\(asked.port)"}}}
            route_rules: [{pattern: /*, target: origin, middlewares: [door]}]
            """, options: ["--drain-timeout", "300ms"])
        let client = try proxy.connect()
        try client.send(TestConnection.head("GET", "/waits"))
        try Deadline.poll("the service is asked") { isAsked.isSet }
        proxy.program.send(SIGTERM)
        #expect(try proxy.program.exit() == .code(0))
        #expect(try client.readToEnd() == [])
        #expect(try proxy.accessLine("/waits").contains("\"reason\":\"drain timeout\""))
    }
}

extension DrainTests {
    /// Goal: an upgraded connection ends with a code and at a frame boundary, the upstream's side too. Method: one
    /// message is under way when the signal comes.
    @Test("WebSockets are closed with 1001 after a signal, and the answer is waited for")
    func webSockets() throws {
        let pair = try OriginAndProxy(options: ["--drain-timeout", "8s"])
        let clients = try (0..<5).map { _ in try pair.proxy.connect() }
        for client in clients {
            #expect(try client.upgrade("/ws").status == 101)
            try client.sendFrame(1, "hello")
            #expect(try client.readFrame() == (1, Array("hello".utf8)))
        }
        pair.proxy.program.send(SIGTERM)
        for client in clients {
            let close = try client.readFrame()
            #expect(close.opcode == 8)
            #expect(Array(close.payload.prefix(2)) == [0x03, 0xE9])
            try client.send(bytes: TestConnection.frame(8, Array(close.payload.prefix(2))))
            #expect(try client.isAtEnd())
        }
        #expect(try pair.proxy.program.exit() == .code(0))
    }
}

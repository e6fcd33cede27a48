import TestSupport
import Testing

@Suite("How long backends keep connections")
struct KeptConnectionTests {
    private func connectionCount(_ hint: String) throws -> Int {
        let backend = try ScriptedBackend(answering: "HTTP/1.1 204 Fine\r\n\(hint)\r\n")
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(to: backend.port), options: ["--workers", "1"])
        let client = try proxy.connect()
        for _ in 0..<4 {
            let answer = try client.request("GET", "/")
            #expect(answer.status == 204 && answer.value("Keep-Alive") == nil)
        }
        return backend.connectionCount
    }

    @Test(
        "A connection that its backend is about to close is not used again",
        arguments: [
            ("Keep-Alive: timeout=0\r\n", 4), ("Keep-Alive: timeout=100, max=0\r\n", 4),
            ("Connection: keep-alive\r\nKeep-Alive: timeout=0\r\n", 4),
            ("Keep-Alive: timeout=100, max=7\r\n", 1), ("Keep-Alive: timeout=0x\r\n", 1),
            ("Keep-Alive: timeout=0, timeout=0\r\n", 1), ("", 1),
        ])
    func hint(line: String, expected: Int) throws {
        #expect(try connectionCount(line) == expected)
    }

    /// A backend that answers its connections one by one, when it is told to.
    private func patient(_ gate: LockedFlag) throws -> ScriptedBackend {
        try ScriptedBackend { peer in
            while !(try peer.isAtEnd()) {
                _ = try peer.readHead()
                try Deadline.poll("answers are due") { gate.isSet }
                try peer.send("HTTP/1.1 204 Fine\r\n\r\n")
            }
        }
    }

    @Test("No more idle connections are kept than max_idle_connections says", arguments: [0, 2])
    func idleMax(_ count: Int) throws {
        let gate = LockedFlag(false)
        let backend = try patient(gate)
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(
                to: backend.port,
                top: "advanced: {connection_pool: {max_idle_connections: \(count)}}"),
            options: ["--workers", "1"])
        let clients = try (0..<5).map { _ in try proxy.connect() }
        for client in clients { try client.send(TestConnection.head("GET", "/")) }
        try Deadline.poll("five connections") { backend.connectionCount == 5 }
        gate.exchange(true)
        for client in clients { #expect(try client.readHead()[0].contains("204")) }
        try Deadline.poll("the others are closed") { backend.endedCount == 5 - count }
        #expect(try proxy.request("GET", "/").status == 204)
        #expect(backend.connectionCount == (count == 0 ? 6 : 5))
    }

    @Test("An idle connection is closed when its time is over")
    func idleTime() throws {
        let backend = try patient(LockedFlag(true))
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(
                to: backend.port, top: "advanced: {connection_pool: {idle_timeout: 50ms}}"))
        #expect(try proxy.request("GET", "/").status == 204)
        try Deadline.poll("it is closed") { backend.endedCount == 1 }
    }

    @Test("max_active_connections counts each backend of each service, over all workers")
    func activeMax() throws {
        let gate = LockedFlag(false)
        let backend = try patient(gate)
        let proxy = try ProxyUnderTest(
            """
            advanced: {connection_pool: {max_active_connections: 2}}
            services:
              one:
                # Listed twice it is one backend.
                load_balancer:
                  backends:
                    - {url: "http://127.0.0.1:\(backend.port)"}
                    - {url: "http://127.0.0.1:\(backend.port)"}
              two: {url: "http://127.0.0.1:\(backend.port)"}
            route_rules: [{pattern: /one, target: one}, {pattern: /two, target: two}]
            """, options: ["--workers", "2"])
        let clients = try (0..<4).map { _ in try proxy.connect() }
        for (index, client) in clients.enumerated() {
            try client.send(TestConnection.head("GET", index < 2 ? "/one" : "/two"))
        }
        try Deadline.poll("four are under way") { backend.connectionCount == 4 }
        for path in ["/one", "/two", "/one", "/two"] {
            #expect(try proxy.request("GET", path).status == 503)
        }
        gate.exchange(true)
        for client in clients { #expect(try client.readHead()[0].contains("204")) }
        for path in ["/one", "/two"] {
            try Deadline.poll("there is room again") {
                try proxy.request("GET", path).status == 204
            }
        }
    }
}

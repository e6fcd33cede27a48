import TestSupport
import Testing

/// Goal: a backend that drops packets costs a few requests a moment each, and none of them anything else.
/// Method: the queue of one backend is full, so that connecting comes to no end; the time for that is an hour.
@Suite("Backends that drop packets")
struct DarkBackendTests {
    private func proxy(
        _ ports: [UInt16], dialTimeout: String = "1h", more: String = "", service: String = ""
    ) throws -> ProxyUnderTest {
        let backends = ports.map { "{url: \"http://127.0.0.1:\($0)\"}" }.joined(separator: ", ")
        return try ProxyUnderTest(
            """
            services:
              dark:
                dial_timeout: \(dialTimeout)
                load_balancer: {backends: [\(backends)]\(more.isEmpty ? "" : ", " + more)}
                \(service)
            route_rules: [{pattern: /*, target: dark}]
            """, options: ["--workers", "1"])
    }

    @Test(
        "Each kind of request goes elsewhere, with its content",
        arguments: ["GET", "POST", "WebSocket"])
    func moved(kind: String) throws {
        let dark = try StalledPort()
        let origin = try TestOrigin()
        let proxy = try proxy([dark.port, origin.port])
        let content = String(repeating: "content", count: 10_000)
        for _ in 0..<6 {
            switch kind {
            case "GET": #expect(try proxy.request("GET", "/bytes/3").status == 200)
            case "POST":
                let echoed = try EchoedRequest(proxy.request("POST", "/echo", body: content))
                #expect(echoed.bodyByteCount == content.utf8.count)
            default: #expect(try proxy.connect().upgrade("/ws").status == 101)
            }
        }
        let line = try proxy.program.line(containing: "endpoint.late")
        #expect(line.contains("127.0.0.1:\(dark.port)"))
        #expect(try proxy.accessLine("/").contains(":\(origin.port)"))
    }

    @Test(
        "A request that waits goes elsewhere also where its service has no place left"
    )
    func full() throws {
        let dark = try StalledPort()
        let origin = try TestOrigin()
        let proxy = try proxy(
            [dark.port, origin.port],
            service: "circuit_breaker: {max_connections: 1, max_pending: 1}")
        // One after the other: each has the only place.
        for _ in 0..<3 { #expect(try proxy.request("GET", "/bytes/3").status == 200) }
        try proxy.program.line(containing: "endpoint.late")
        // Its places were given back as often as they were taken.
        let both = try (0..<2).map { _ in try proxy.connect() }
        try both[0].send(TestConnection.head("GET", "/sse?interval=1&count=1000000"))
        #expect(try both[0].readHead().first == "HTTP/1.1 200 OK")
        #expect(try both[1].request("GET", "/bytes/3").status == 503)
    }

    @Test("Content goes along to a backend that wants another head")
    func otherHead() throws {
        let dark = try StalledPort()
        let origin = try TestOrigin()
        let proxy = try ProxyUnderTest(
            """
            services:
              dark:
                dial_timeout: 1h
                load_balancer:
                  backends: [{url: "http://127.0.0.1:\(dark.port)"}, {url: "http://127.0.0.1:\(origin.port)/echo"}]
            route_rules: [{pattern: /*, target: dark}]
            """, options: ["--workers", "1"])
        let content = String(repeating: "content", count: 6_000)
        for _ in 0..<3 {
            let echoed = try EchoedRequest(proxy.request("POST", "/base", body: content))
            #expect(echoed.target == "/echo/base")
            #expect(echoed.bodyByteCount == content.utf8.count)
        }
        try proxy.program.line(containing: "endpoint.late")
    }

    @Test("One dial goes on; what comes of it serves requests when the backend is back")
    func back() throws {
        let dark = try StalledPort()
        let named = try NamedBackends(count: 1)
        let proxy = try proxy([dark.port, named.backends[0].port])
        let descriptorsBefore = try proxy.program.descriptorCount()
        // More than one waits: they came at once.
        let clients = try (0..<8).map { _ in try proxy.connect() }
        for client in clients { try client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n") }
        for client in clients {
            #expect(try client.readHead()[0].contains("200"))
            client.end()
        }
        // The dial that goes on, and the connections of the pool.
        try proxy.awaitDescriptorCount(
            descriptorsBefore + 1 + named.backends[0].connectionCount)
        let connection = try dark.accept()
        #expect(try proxy.program.line(containing: "endpoint.in_time").contains("\(dark.port)"))
        let client = try proxy.connect()
        // Round robin comes to it with the first or the second.
        try client.send("GET /one HTTP/1.1\r\nHost: a\r\n\r\nGET /two HTTP/1.1\r\nHost: a\r\n\r\n")
        let head = try connection.readHead()
        #expect(head[0] == "GET /one HTTP/1.1" || head[0] == "GET /two HTTP/1.1")
        try connection.send("HTTP/1.1 204 Back\r\n\r\n")
        let answers = try (0..<2).map { _ in try client.readHead()[0] }
        #expect(answers.contains { $0.contains("204 Back") })
    }

    @Test("A request that tries an ejected backend in vain goes back to the one that failed it")
    func movedBack() throws {
        let port = try ScriptedBackend.refusingPort()
        let hasFailed = LockedFlag(false)
        let well = try ScriptedBackend { peer in
            let head = try peer.readHead()
            guard head[0].contains("/well") || hasFailed.exchange(true) else { return }
            try peer.send("HTTP/1.1 204 Well\r\nConnection: close\r\n\r\n")
        }
        let proxy = try proxy(
            [port, well.port],
            service: "circuit_breaker: {consecutive_failures: 1, ejection_time: 1h}")
        // One of the two is refused by the first.
        for _ in 0..<2 { #expect(try proxy.request("GET", "/well").status == 204) }
        try proxy.program.line(containing: "endpoint.ejected")
        let dark = try StalledPort(port: port)
        #expect(try proxy.request("GET", "/fails-once").status == 204)
        let line = try proxy.program.line(containing: "endpoint.late")
        #expect(line.contains("127.0.0.1:\(dark.port)"))
        #expect(well.connectionCount == 4)
    }

    @Test("Where nobody else is left requests wait, and get the answer that they always got")
    func nobodyElse() throws {
        let dark = try (0..<2).map { _ in try StalledPort() }
        let proxy = try proxy(dark.map(\.port), dialTimeout: "800ms")
        let before = try proxy.program.descriptorCount()
        for _ in 0..<2 { #expect(try proxy.request("GET", "/late").status == 504) }
        #expect(try proxy.accessLine("/late").contains("dial timeout"))
        try proxy.awaitDescriptorCount(before)
    }

    @Test("A service that does not have requests moved has none moved")
    func notMoved() throws {
        let dark = try StalledPort()
        let origin = try TestOrigin()
        let proxy = try proxy(
            [dark.port, origin.port], dialTimeout: "700ms", service: "retry: {on: [503]}")
        let statuses = try (0..<2).map { _ in try proxy.request("GET", "/bytes/1").status }
        #expect(statuses.sorted() == [200, 504])
    }
}

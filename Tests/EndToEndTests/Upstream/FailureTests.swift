import TestSupport
import Testing

@Suite("Failing backends")
struct FailureTests {
    private func proxy(
        _ ports: [UInt16], _ service: String = "", services: String = "",
        paths: [String] = []
    ) throws -> ProxyUnderTest {
        let backends = ports.enumerated().map { index, port in
            "{url: \"http://127.0.0.1:\(port)\(paths.isEmpty ? "" : paths[index])\"}"
        }
        return try ProxyUnderTest(
            """
            services:
              origin:
                load_balancer: {backends: [\(backends.joined(separator: ", "))]}
                \(service.split(separator: "\n").joined(separator: "\n    "))
            \(services.isEmpty ? "" : "  " + services)
            route_rules: [{pattern: /*, target: origin}]
            """, options: ["--workers", "1"])
    }

    @Test("A backend that can't be reached costs no request, with or without content")
    func unreachable() throws {
        let origin = try TestOrigin()
        let dead = try ScriptedBackend.refusingPort()
        let proxy = try proxy([dead, origin.port])
        for index in 0..<12 {
            let answer =
                index % 2 == 0
                ? try proxy.request("GET", "/bytes/3")
                : try proxy.request("POST", "/echo", body: "hello")
            #expect(answer.status == 200)
        }
        let line = try proxy.program.line(containing: "endpoint.ejected")
        #expect(line.contains("127.0.0.1:\(dead)") && line.contains("connection refused"))
    }

    @Test("Where most backends can't be reached that is found out by few requests")
    func mostUnreachable() throws {
        let origin = try TestOrigin()
        let dead = try (0..<5).map { _ in try ScriptedBackend.refusingPort() }
        let alive = ["/echo/1", "/echo/2", "/echo/3"]
        let proxy = try proxy(
            alive.map { _ in origin.port } + dead, "circuit_breaker: {ejection_time: 1h}",
            paths: alive + dead.map { _ in "" })
        var lost = 0
        for _ in 0..<120 where try proxy.request("GET", "/").status != 200 { lost += 1 }
        // The first three of them in a row: one request has three attempts. Then it is known who has just failed.
        #expect(lost == 1)
        try proxy.program.awaitLines(containing: "endpoint.ejected", count: dead.count)
    }

    @Test("Another attempt goes to the base path of its own backend")
    func basePath() throws {
        let origin = try TestOrigin()
        let dead = try ScriptedBackend.refusingPort()
        let proxy = try proxy([dead, origin.port], paths: ["/a/b", "/echo"])
        for _ in 0..<4 {
            let echoed = try EchoedRequest(proxy.request("GET", "/x?q=1"))
            #expect(echoed.target == "/echo/x?q=1")
        }
    }

    @Test("A status that the service names makes another attempt, if the request may be repeated")
    func status() throws {
        let busy = try ScriptedBackend(
            answering: "HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\nbusy")
        let origin = try TestOrigin()
        let proxy = try proxy(
            [busy.port, origin.port],
            "retry: {attempts: 1, backoff: 1ms, on: [503]}\n"
                + "circuit_breaker: {consecutive_failures: 100}")
        for _ in 0..<6 { #expect(try proxy.request("GET", "/bytes/3").text == "abc") }
        #expect(busy.connectionCount >= 3)
        let statuses = try (0..<4).map { _ in
            try proxy.request("POST", "/bytes/3", fields: ["Content-Length: 0"]).status
        }
        #expect(statuses.contains(503))
    }

    @Test(
        "A connection lost without an answer makes another attempt if the request may be repeated")
    func lost() throws {
        let broken = try ScriptedBackend { peer in _ = try peer.readHead() }
        let origin = try TestOrigin()
        let proxy = try proxy(
            [broken.port, origin.port], "circuit_breaker: {consecutive_failures: 100}")
        for _ in 0..<6 { #expect(try proxy.request("GET", "/bytes/3").text == "abc") }
        let statuses = try (0..<4).map { _ in
            try proxy.request("POST", "/bytes/3", fields: ["Content-Length: 0"]).status
        }
        #expect(statuses.contains(502))
    }

    @Test("A connection that can't be made costs nothing of what bounds repeated requests")
    func unboundedByBudget() throws {
        let origin = try TestOrigin()
        let dead = try ScriptedBackend.refusingPort()
        let proxy = try proxy(
            [dead, origin.port], "circuit_breaker: {consecutive_failures: 10000}")
        let connection = try proxy.connect()
        // Every second one, in much less than a second.
        for _ in 0..<200 { #expect(try connection.request("GET", "/bytes/1").status == 200) }
    }

    @Test("Interim answers without an end are told as such")
    func interimForEver() throws {
        let backend = try ScriptedBackend { peer in
            _ = try peer.readHead()
            for _ in 0..<251 { try peer.send("HTTP/1.1 102 Processing\r\n\r\n") }
            _ = try peer.readToEnd()
        }
        let proxy = try proxy([backend.port])
        let connection = try proxy.connect()
        try connection.send(TestConnection.head("GET", "/interim"))
        #expect(try proxy.accessLine("/interim").contains("too many interim answers"))
    }

    @Test("A backend whose handshakes are not accepted fails")
    func wrongHandshake() throws {
        let broken = try ScriptedBackend { peer in
            _ = try peer.readHead()
            try peer.send(
                "HTTP/1.1 101 On\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                    + "Sec-WebSocket-Accept: bm90aGluZw==\r\n\r\n")
            _ = try peer.readToEnd()
        }
        let proxy = try proxy(
            [broken.port], "circuit_breaker: {consecutive_failures: 2, ejection_time: 1h}")
        let statuses = try (0..<3).map { _ in try proxy.connect().upgrade("/ws").status }
        #expect(statuses == [502, 502, 503])
    }

    /// Goal: one client can't take a service from all others.
    /// Method: requests that every backend drops, many more than eject a backend, and none between them that is
    /// answered.
    @Test("A request that harms every backend does not eject them all")
    func poison() throws {
        let backends = try (0..<3).map { _ in
            try ScriptedBackend { peer in
                while try !peer.readHead()[0].contains("/poison") {
                    try peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na")
                }
            }
        }
        let proxy = try proxy(backends.map(\.port), "circuit_breaker: {ejection_time: 1h}")
        for _ in 0..<30 { #expect(try proxy.request("GET", "/poison").status == 502) }
        for _ in 0..<10 { #expect(try proxy.request("GET", "/").status == 200) }
        _ = try proxy.program.line(containing: "endpoint.ejected")
        let ejections = proxy.program.lines.count { $0.text.contains("endpoint.ejected") }
        #expect(ejections == 1)
    }

    @Test("Backends that all refused connections are asked again as soon as there is a request")
    func allBack() throws {
        let ports = try (0..<2).map { _ in try ScriptedBackend.refusingPort() }
        let proxy = try proxy(
            ports, "circuit_breaker: {consecutive_failures: 1, ejection_time: 1h}")
        for _ in 0..<4 { _ = try proxy.request("GET", "/") }
        try proxy.program.awaitLines(containing: "endpoint.ejected", count: ports.count)
        let origins = try ports.map { try TestOrigin(port: $0) }
        try Deadline.poll("a backend is back") {
            try proxy.request("GET", "/bytes/1").status == 200
        }
        _ = origins
    }

    @Test("Retries are bounded by the service's attempts")
    func attempts() throws {
        let broken = try ScriptedBackend { peer in _ = try peer.readHead() }
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(
                to: broken.port, service: "retry: {attempts: 3, backoff: 1ms, max_backoff: 1ms}"))
        #expect(try proxy.request("GET", "/").status == 502)
        #expect(broken.connectionCount == 4)
    }

    @Test("When nothing is left the answer is 503 with Retry-After")
    func unavailable() throws {
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(
                to: ScriptedBackend.refusingPort(),
                service: "circuit_breaker: {consecutive_failures: 2, ejection_time: 30s}"),
            options: ["--workers", "1"])
        #expect(try proxy.request("GET", "/one").status == 502)
        #expect(try proxy.request("GET", "/two").status == 502)
        let refused = try proxy.request("GET", "/three")
        #expect(refused.status == 503)
        let seconds = try #require(refused.value("Retry-After").flatMap { Int($0) })
        #expect((1...30).contains(seconds))
        let line = try proxy.accessLine("/three")
        #expect(line.contains("\"fault\":\"upstream\"") && line.contains("\"service\":\"origin\""))
        #expect(line.contains("no backend is available"))
    }

    @Test("A probe ends the ejection of the only backend")
    func probe() throws {
        let port = try ScriptedBackend.refusingPort()
        let proxy = try proxy(
            [port], "circuit_breaker: {consecutive_failures: 1, ejection_time: 300ms}")
        #expect(try proxy.request("GET", "/").status == 502)
        let origin = try TestOrigin(port: port)
        try Deadline.poll("the backend is back") {
            try proxy.request("GET", "/bytes/3").status == 200
        }
        #expect(try proxy.program.line(containing: "endpoint.back").contains("\(port)"))
        _ = origin
    }

    @Test("Another service takes over when no backend of this one can be had")
    func fallback() throws {
        let origin = try TestOrigin()
        let dead = try ScriptedBackend.refusingPort()
        let spare = "url: \"http://127.0.0.1:\(origin.port)\", proxy_host: spare.example"
        let proxy = try proxy(
            [dead, dead], "fallback_service: spare\ncircuit_breaker: {consecutive_failures: 1}",
            services: "spare: {\(spare)}")
        var statuses: [Int] = []
        for _ in 0..<4 { statuses.append(try proxy.request("GET", "/echo").status) }
        #expect(statuses.last == 200)
        let echoed = try EchoedRequest(proxy.request("GET", "/echo"))
        #expect(echoed.headers.contains(["Host", "spare.example"]))
    }

    @Test("No more requests at once than the breaker says, over all workers")
    func connectionsMax() throws {
        let pair = try OriginAndProxy(
            service: "circuit_breaker: {max_connections: 2}", options: ["--workers", "2"])
        let sockets = try (0..<2).map { _ in try pair.proxy.connect() }
        for socket in sockets { #expect(try socket.upgrade("/ws").status == 101) }
        for _ in 0..<4 { #expect(try pair.proxy.request("GET", "/bytes/1").status == 503) }
        sockets[0].end()
        try Deadline.poll("there is room again") {
            try pair.proxy.request("GET", "/bytes/1").status == 200
        }
    }

    /// Goal: a connection that was kept for too long says nothing about the backend.
    @Test("A kept connection that dies under a request that can't be repeated is no failure of it")
    func stale() throws {
        let backend = try ScriptedBackend { peer in
            _ = try peer.readHead()
            try peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na")
            // The next request finds the connection open, and gets nothing on it.
            _ = try peer.readHead()
        }
        let proxy = try proxy(
            [backend.port, backend.port],
            "circuit_breaker: {consecutive_failures: 1, ejection_time: 1h}")
        for _ in 0..<3 {
            #expect(try proxy.request("GET", "/").text == "a")
            #expect(try proxy.request("GET", "/").text == "a")
            let lost = try proxy.request("POST", "/", fields: ["Content-Length: 0"])
            #expect(lost.status == 502)
            // One of the two was lost on each of them.
            let other = try proxy.request("POST", "/", fields: ["Content-Length: 0"])
            #expect(other.status == 502)
        }
        #expect(!proxy.program.lines.contains { $0.text.contains("endpoint.ejected") })
    }

    @Test("An answer that is passed on because nobody else is left counts as before")
    func nobodyElse() throws {
        let busy = try ScriptedBackend(
            answering: "HTTP/1.1 503 No\r\nContent-Length: 4\r\n\r\nbusy")
        let proxy = try proxy(
            [busy.port],
            "retry: {attempts: 2, backoff: 1ms, on: [503]}\n"
                + "circuit_breaker: {consecutive_failures: 1, ejection_time: 1ms, "
                + "max_connections: 1}")
        // Each ejects its backend, and no place is lost or won by that.
        for _ in 0..<10 {
            try Deadline.poll("the backend is asked again") {
                try proxy.request("GET", "/").text == "busy"
            }
        }
    }

    /// Goal: with more full backends than a request remembers, one that has a place is found.
    @Test("Where all but one are full, that one takes the request")
    func fullBackends() throws {
        let backend = try ScriptedBackend { peer in
            let head = try peer.readHead()
            try peer.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n")
            try peer.send(String(head[0].dropFirst("GET ".count).prefix(2)))
            _ = try peer.readToEnd()
        }
        let list = (0..<7).map { "{url: \"http://127.0.0.1:\(backend.port)/\($0)\"}" }
        let proxy = try ProxyUnderTest(
            """
            advanced: {connection_pool: {max_active_connections: 1}}
            services:
              origin:
                load_balancer: {strategy: ip_hash, backends: [\(list.joined(separator: ", "))]}
            route_rules: [{pattern: /*, target: origin}]
            """, options: ["--workers", "2"])
        var clients: [TestConnection] = []
        var places: Set<String> = []
        for _ in 0..<7 {
            let client = try proxy.connect()
            try client.send(TestConnection.head("GET", "/"))
            #expect(try client.readHead().first == "HTTP/1.1 200 OK")
            places.insert(String(decoding: try client.read(byteCount: 2), as: UTF8.self))
            clients.append(client)
        }
        #expect(places.count == 7)
        #expect(try proxy.request("GET", "/").status == 503)
        clients.removeLast()
        try Deadline.poll("there is a place again") {
            let client = try proxy.connect()
            try client.send(TestConnection.head("GET", "/"))
            return try client.readHead().first == "HTTP/1.1 200 OK"
        }
    }
}

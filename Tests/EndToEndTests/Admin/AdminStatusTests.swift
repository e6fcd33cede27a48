import Foundation
import TestSupport
import Testing

@Suite("Status, events and explanations of the admin listener")
struct AdminStatusTests {
    @Test("The status names the table, its source and the listeners")
    func status() throws {
        let admin = try AdminUnderTest()
        let status = try admin.object("/api/status")
        #expect(status["state"] as? String == "ready")
        #expect(status["pid"] as? Int == Int(admin.proxy.program.processIdentifier))
        #expect(status["listeners"] as? [String] == ["127.0.0.1:\(admin.proxy.port)"])
        let table = try #require(status["table"] as? [String: Any])
        #expect(table["routes"] as? Int == 1)
        #expect(table["source"] as? String == admin.proxy.directory.file("routes.bin"))
        #expect(table["signed"] as? Bool == false)
        let line = try admin.proxy.program.line(containing: "listeners")
        #expect(line.contains("table=\(table["digest"] as? String ?? "none")"))
    }

    /// What the events say of the only endpoint of the first service.
    private func endpoint(_ event: [String: Any]) throws -> [String: Any] {
        let services = try #require(event["services"] as? [[String: Any]])
        let endpoints = try #require(services.first?["endpoints"] as? [[String: Any]])
        return try #require(endpoints.first)
    }

    @Test("An endpoint has a latency once it has answered")
    func latency() throws {
        let origin = try TestOrigin()
        let admin = try AdminUnderTest(ProxyUnderTest.everything(to: origin.port))
        let events = try AdminEvents(admin)
        let before = try endpoint(events.next())
        #expect(before["latency_ms"] is NSNull && before["state"] as? String == "unknown")
        #expect(try admin.proxy.request("GET", "/echo").status == 200)
        let after = try events.next { try endpoint($0)["latency_ms"] is NSNumber }
        #expect(try #require(endpoint(after)["latency_ms"] as? Double) > 0)
    }

    @Test(
        "An endpoint that was ejected is half open when its time is up",
        arguments: [("1h", "ejected"), ("1ms", "half_open")])
    func states(time: String, state: String) throws {
        let closed = try ScriptedBackend { _ in }
        let admin = try AdminUnderTest(
            ProxyUnderTest.everything(
                to: closed.port,
                service: "circuit_breaker: {consecutive_failures: 1, ejection_time: \(time)}"),
            options: ["--workers", "1"])
        let events = try AdminEvents(admin)
        #expect(try endpoint(events.next())["state"] as? String == "unknown")
        #expect(try admin.proxy.request("POST", "/", fields: ["Content-Length: 0"]).status == 502)
        // It is ejected for a moment even where its time is short.
        let event = try events.next { try endpoint($0)["state"] as? String == state }
        #expect(try endpoint(event)["failures"] as? Int == 1)
    }

    @Test("Events tell of all routes that have had traffic, and then of those that change")
    func events() throws {
        let pair = try TestOrigin()
        let admin = try AdminUnderTest(ProxyUnderTest.everything(to: pair.port))
        #expect(try admin.proxy.request("GET", "/echo").status == 200)
        try admin.awaitSample(
            "wsproxy_requests_total{route=\"everything\",method=\"GET\",status=\"2xx\"}", 1)
        let stream = try AdminEvents(admin)
        #expect(stream.head.contains("Content-Type: text/event-stream"))
        let first = try stream.next()
        let routes = try #require(first["routes"] as? [[String: Any]])
        try #require(routes.count == 1)
        #expect(routes[0]["name"] as? String == "everything")
        #expect(routes[0]["pattern"] as? String == "/*")
        #expect(routes[0]["service"] as? String == "origin")
        #expect(routes[0]["requests"] as? Int == 1)
        #expect(routes[0]["status"] as? [Int] == [0, 1, 0, 0, 0])
        #expect((routes[0]["latency_buckets"] as? [Int])?.reduce(0, +) == 1)
        #expect(first["state"] as? String == "ready")
        let services = try #require(first["services"] as? [[String: Any]])
        #expect(services.first?["name"] as? String == "origin")
        let unchanged = try stream.next()
        #expect((unchanged["routes"] as? [Any])?.isEmpty == true)
        #expect(try admin.proxy.request("GET", "/echo").status == 200)
        var requestCount: Int?
        while requestCount == nil {
            requestCount =
                (try stream.next()["routes"] as? [[String: Any]])?.first?["requests"] as? Int
        }
        #expect(requestCount == 2)
    }

    @Test("An explanation is that of the table in use")
    func explanation() throws {
        let admin = try AdminUnderTest(ProxyUnderTest.everything(to: 9))
        let explanation = try admin.object(
            "/api/explain?url=http%3A%2F%2Fa.example%2Fx%2F..%2Fy&header=X-A:%20b"
                + "&client_ip=10.1.2.3"
        )
        #expect(explanation["canonical_path"] as? String == "/y")
        #expect(explanation["service"] as? String == "origin")
        #expect(try admin.request("GET", "/api/explain").status == 400)
        #expect(try admin.request("GET", "/api/explain?url=ftp://x").status == 400)
        #expect(
            try admin.request("GET", "/api/explain?url=http://x/&client_ip=nobody").status == 400)
    }
}

import TestSupport
import Testing

@Suite("Rate limits of a running proxy")
struct RunningRateLimitTests {
    private static func configuration(_ port: UInt16, perMinute: Int = 1) -> String {
        """
        advanced: {security: {trusted_proxies: [127.0.0.0/8]}}
        services: {origin: {url: "http://127.0.0.1:\(port)"}}
        middlewares:
          - {name: calls, type: rate_limit, config: {requests_per_minute: \(perMinute), burst_size: 3}}
          - {name: keys, type: rate_limit, config: {requests_per_minute: 1, burst_size: 2, key: "header:X-Key"}}
        route_rules:
          - {pattern: /keyed/*, target: origin, rewrite: {strip_prefix: /keyed}, middlewares: [keys]}
          - {pattern: /said, respond: {status: 200, body: said}, middlewares: [calls]}
          - {pattern: /ws/*, target: origin, rewrite: {strip_prefix: /ws}, middlewares: [calls]}
          - {pattern: /*, target: origin, middlewares: [calls]}
        """
    }

    @Test("As many requests as the burst get through, of whatever kind, and then 429")
    func burst() throws {
        let origin = try TestOrigin()
        let proxy = try ProxyUnderTest(Self.configuration(origin.port))
        let first = try proxy.request("GET", "/echo")
        #expect(first.status == 200)
        #expect(first.value("RateLimit-Limit") == "3")
        #expect(first.value("RateLimit-Remaining") == "2")
        #expect(try proxy.connect().upgrade("/ws/echo").status == 101)
        #expect(try proxy.request("GET", "/said").value("RateLimit-Remaining") == "0")
        for path in ["/echo", "/said", "/ws/echo"] {
            let answer = try proxy.request("GET", path)
            #expect(answer.status == 429, "\(path)")
            #expect(answer.value("RateLimit-Remaining") == "0")
            let wait = try #require(answer.value("Retry-After").flatMap { Int($0) })
            #expect((1...60).contains(wait))
            #expect(answer.value("RateLimit-Reset") == "\(wait)")
        }
        let stream = try proxy.request("GET", "/echo", fields: ["Accept: text/event-stream"])
        #expect(stream.status == 429)
        #expect(try proxy.connect().upgrade("/ws/echo").status == 429)
    }

    @Test("Each client has its own; IPv6 clients are told apart by their network")
    func clients() throws {
        let origin = try TestOrigin()
        let proxy = try ProxyUnderTest(Self.configuration(origin.port))
        func status(_ client: String) throws -> Int {
            try proxy.request("GET", "/said", fields: ["X-Forwarded-For: \(client)"]).status
        }
        for client in ["192.0.2.1", "192.0.2.2"] {
            for _ in 0..<3 { #expect(try status(client) == 200) }
            #expect(try status(client) == 429)
        }
        for host in 1...3 { #expect(try status("2001:db8::\(host)") == 200) }
        #expect(try status("2001:db8::4") == 429)
        #expect(try status("2001:db8:0:1::4") == 200)
    }

    @Test("By a header; leaving it out is no way around")
    func header() throws {
        let origin = try TestOrigin()
        let proxy = try ProxyUnderTest(Self.configuration(origin.port))
        func status(_ fields: [String]) throws -> Int {
            try proxy.request("GET", "/keyed/echo", fields: fields).status
        }
        for key in ["a", "b"] {
            for _ in 0..<2 { #expect(try status(["X-Key: \(key)"]) == 200) }
            #expect(try status(["X-Key: \(key)"]) == 429)
        }
        for _ in 0..<2 { #expect(try status([]) == 200) }
        #expect(try status([]) == 429)
    }

    @Test("Counts survive a reload that leaves the limit as it is, only that", arguments: [1, 2])
    func reload(perMinute: Int) throws {
        let origin = try TestOrigin()
        let proxy = try ProxyUnderTest(Self.configuration(origin.port))
        for _ in 0..<3 { #expect(try proxy.request("GET", "/said").status == 200) }
        try proxy.reload(
            Self.configuration(origin.port, perMinute: perMinute)
                + "\n  - {pattern: /new, target: origin}\n")
        let status = try proxy.request("GET", "/said").status
        #expect(status == (perMinute == 1 ? 429 : 200))
    }
}

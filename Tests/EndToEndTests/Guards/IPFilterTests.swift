import TestSupport
import Testing

@Suite("Address filters of a running proxy")
struct RunningIPFilterTests {
    private static func configuration(_ port: UInt16) -> String {
        """
        advanced: {security: {trusted_proxies: [127.0.0.0/8]}}
        services: {origin: {url: "http://127.0.0.1:\(port)"}}
        middlewares:
          - {name: office, type: ip_filter, config: {allow: [10.0.0.0/8, "2001:db8::/32"], deny: [10.9.0.0/16]}}
        host_rules:
          - pattern: "only.example"
            middlewares: [office]
            target: origin
        route_rules:
          - {pattern: /ws/*, name: socket, target: origin, rewrite: {strip_prefix: /ws}, middlewares: [office]}
          - {pattern: /said, respond: {status: 200, body: said}, middlewares: [office]}
          - {pattern: /away, redirect: {to: "https://example.com/", status: 302}, middlewares: [office]}
          - {pattern: /open/*, target: origin, rewrite: {strip_prefix: /open}}
          - {pattern: /*, target: origin, middlewares: [office]}
        """
    }

    @Test(
        "Who is not let in gets 403 wherever the request would have gone",
        arguments: ["/echo", "/said", "/away", "/ws/echo"])
    func refused(path: String) throws {
        let origin = try TestOrigin()
        let proxy = try ProxyUnderTest(Self.configuration(origin.port))
        for client in ["192.0.2.1", "10.9.0.7", "2001:db9::1"] {
            let answer = try proxy.request("GET", path, fields: ["X-Forwarded-For: \(client)"])
            #expect(answer.status == 403, "\(client)")
            #expect(answer.text.contains("not let in"))
        }
        for client in ["10.1.2.3", "2001:db8::7"] {
            let answer = try proxy.request("GET", path, fields: ["X-Forwarded-For: \(client)"])
            #expect(answer.status != 403, "\(client)")
        }
    }

    @Test("Refusals are counted")
    func counted() throws {
        let origin = try TestOrigin()
        let admin = try AdminUnderTest(
            Self.configuration(origin.port), options: ["--workers", "1"])
        for client in ["192.0.2.1", "10.1.2.3", "192.0.2.1"] {
            _ = try admin.proxy.request("GET", "/said", fields: ["X-Forwarded-For: \(client)"])
        }
        try admin.awaitSample("wsproxy_refusals_total{reason=\"ip_filter\"}", 2)
    }

    @Test("The host's target is guarded like a route, and a route without the guard is open")
    func target() throws {
        let origin = try TestOrigin()
        let proxy = try ProxyUnderTest(Self.configuration(origin.port))
        let host = "Host: only.example"
        #expect(try proxy.request("GET", "/echo", fields: [host]).status == 403)
        let inside = [host, "X-Forwarded-For: 10.0.0.1"]
        #expect(try proxy.request("GET", "/echo", fields: inside).status == 200)
        #expect(try proxy.request("GET", "/open/echo").status == 200)
    }

    @Test("A handshake and an event stream are refused before any upstream is dialled")
    func streams() throws {
        let backend = try ScriptedBackend { _ in }
        let proxy = try ProxyUnderTest(Self.configuration(backend.port))
        let socket = try proxy.connect()
        #expect(try socket.upgrade("/ws/echo").status == 403)
        let stream = try proxy.request("GET", "/ticks", fields: ["Accept: text/event-stream"])
        #expect(stream.status == 403)
        #expect(backend.connectionCount == 0)
        let line = try proxy.accessLine("/ws/echo")
        #expect(line.contains("\"route\":\"socket\""))
        #expect(line.contains("address not let in"))
    }
}

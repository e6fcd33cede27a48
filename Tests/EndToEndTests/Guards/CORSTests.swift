import TestSupport
import Testing

@Suite("Pages of other sites")
struct RunningCORSTests {
    private static func configuration(_ port: UInt16) -> String {
        """
        services: {origin: {url: "http://127.0.0.1:\(port)"}}
        middlewares:
          - name: pages
            type: cors
            config:
              allowed_origins: ["https://app.example.com", "https://*.example.org:8443", "http://local:80"]
              allowed_methods: [GET, PUT]
              allowed_headers: [X-Token, Content-Type]
              allow_credentials: true
              max_age: 10m
          - {name: anyone, type: cors, config: {allowed_origins: ["*"]}}
          - {name: office, type: ip_filter, config: {allow: [10.0.0.0/8]}}
        route_rules:
          - {pattern: /open/*, target: origin, rewrite: {strip_prefix: /open}, middlewares: [anyone]}
          - {pattern: /said, respond: {status: 200, body: said}, middlewares: [pages]}
          - {pattern: /closed, target: origin, middlewares: [pages, office]}
          - {pattern: /ws/*, target: origin, rewrite: {strip_prefix: /ws}, middlewares: [pages]}
          - {pattern: /*, target: origin, middlewares: [pages]}
        """
    }

    private static let asked = [
        "Access-Control-Request-Method: PUT", "Access-Control-Request-Headers: x-token",
    ]

    @Test("A preflight is answered here, and no upstream is dialled")
    func preflight() throws {
        let backend = try ScriptedBackend { _ in }
        let proxy = try ProxyUnderTest(Self.configuration(backend.port))
        for path in ["/api", "/said", "/closed"] {
            let answer = try proxy.request(
                "OPTIONS", path, fields: ["Origin: https://app.example.com"] + Self.asked)
            #expect(answer.status == 204)
            #expect(
                answer.values("Access-Control-Allow-Origin") == ["https://app.example.com"])
            #expect(answer.values("Access-Control-Allow-Credentials") == ["true"])
            #expect(answer.values("Access-Control-Allow-Methods") == ["GET, PUT"])
            #expect(answer.values("Access-Control-Allow-Headers") == ["X-Token, Content-Type"])
            #expect(answer.values("Access-Control-Max-Age") == ["600"])
            #expect(answer.values("Vary") == ["Origin"])
        }
        for origin in ["https://evil.example", "https://app.example.com.evil.example", "null"] {
            let answer = try proxy.request(
                "OPTIONS", "/api", fields: ["Origin: \(origin)"] + Self.asked)
            #expect(answer.status == 403, "\(origin)")
            #expect(answer.values("Access-Control-Allow-Origin") == [], "\(origin)")
        }
        #expect(backend.connectionCount == 0)
    }

    @Test("OPTIONS that is no preflight goes on to the upstream")
    func options() throws {
        let origin = try TestOrigin()
        let proxy = try ProxyUnderTest(Self.configuration(origin.port))
        let echoed = try EchoedRequest(proxy.request("OPTIONS", "/echo"))
        #expect(echoed.method == "OPTIONS")
    }

    @Test("What the upstream says of other sites is replaced, not doubled")
    func replaced() throws {
        let backend = try ScriptedBackend { connection in
            _ = try connection.readHead()
            try connection.send(
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nAccess-Control-Allow-Origin: *\r\n"
                    + "access-control-expose-headers: X\r\nVary: Accept, origin\r\n\r\nok")
        }
        let proxy = try ProxyUnderTest(Self.configuration(backend.port))
        let allowed = try proxy.request(
            "GET", "/api", fields: ["Origin: https://a.b.example.org:8443"])
        #expect(
            allowed.values("Access-Control-Allow-Origin") == ["https://a.b.example.org:8443"])
        #expect(allowed.values("Access-Control-Expose-Headers") == [])
        #expect(allowed.values("Vary") == ["Accept, origin"])
        let other = try proxy.request("GET", "/api", fields: ["Origin: https://example.org:8443"])
        #expect(other.status == 200)
        #expect(other.values("Access-Control-Allow-Origin") == [])
        let none = try proxy.request("GET", "/api")
        #expect(none.values("Access-Control-Allow-Origin") == [])
    }

    @Test("Any origin is `*`, without credentials; a refusal can be read by the page")
    func others() throws {
        let origin = try TestOrigin()
        let proxy = try ProxyUnderTest(Self.configuration(origin.port))
        let open = try proxy.request("GET", "/open/bytes/1", fields: ["Origin: https://x.example"])
        #expect(open.values("Access-Control-Allow-Origin") == ["*"])
        #expect(open.values("Access-Control-Allow-Credentials") == [])
        #expect(open.values("Vary") == [])
        let refused = try proxy.request("GET", "/closed", fields: ["Origin: http://local"])
        #expect(refused.status == 403)
        #expect(refused.values("Access-Control-Allow-Origin") == ["http://local"])
        let socket = try proxy.connect()
        let fields = ["Origin: https://app.example.com"]
        let upgrade = try socket.upgrade("/ws/echo", fields: fields)
        #expect(upgrade.status == 101)
        #expect(upgrade.values("Vary") == ["Origin"])
        let stream = try proxy.request(
            "GET", "/echo", fields: fields + ["Accept: text/event-stream"])
        #expect(
            stream.values("Access-Control-Allow-Origin") == ["https://app.example.com"])
    }
}

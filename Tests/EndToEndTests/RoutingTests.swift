import TestSupport
import Testing

@Suite("Routing")
struct RoutingTests {
    /// A proxy whose routes answer by themselves with their names.
    private func responder(_ rules: String) throws -> ProxyUnderTest {
        try ProxyUnderTest(rules)
    }

    private static let conditions = """
        route_rules:
          - {pattern: /r/*, name: ws, match: {protocol: websocket}, respond: {status: 200, body: ws}}
          - {pattern: /r/*, name: sse, match: {protocol: sse}, respond: {status: 200, body: sse}}
          - {pattern: /r/*, match: {methods: [PUT, POST]}, respond: {status: 200, body: method}}
          - {pattern: /r/*, match: {headers: {X-Env: beta}}, respond: {status: 200, body: header}}
          - {pattern: /r/*, match: {headers: {X-Env: "~^c[0-9]$"}}, respond: {status: 200, body: regex}}
          - {pattern: /r/*, match: {query: {v: "2"}}, respond: {status: 200, body: query}}
          - {pattern: /r/*, match: {cookies: {tier: gold}}, respond: {status: 200, body: cookie}}
          - {pattern: /r/*, respond: {status: 200, body: plain}}
          - {pattern: /i/*, match: {client_ip: [127.0.0.0/8]}, respond: {status: 200, body: local}}
          - {pattern: /i/*, respond: {status: 200, body: remote}}
        """

    @Test("Every kind of condition picks its route")
    func conditions() throws {
        let proxy = try responder(Self.conditions)
        let cases: [(String, String, [String], String)] = [
            ("GET", "/r/a", [], "plain"),
            ("GET", "/r/a", TestConnection.upgradeFields, "ws"),
            ("GET", "/r/a", ["Accept: text/event-stream"], "sse"),
            ("PUT", "/r/a", [], "method"),
            ("GET", "/r/a", ["X-Env: beta"], "header"),
            ("GET", "/r/a", ["X-Env: c7"], "regex"),
            ("GET", "/r/a", ["X-Env: c77"], "plain"),
            ("GET", "/r/a?v=2", [], "query"),
            ("GET", "/r/a?v=3", [], "plain"),
            ("GET", "/r/a", ["Cookie: a=b; tier=gold"], "cookie"),
            ("GET", "/i/a", [], "local"),
        ]
        for (method, target, fields, expected) in cases {
            let answer = try proxy.request(method, target, fields: fields)
            #expect(answer.text == expected, "\(method) \(target) \(fields)")
        }
    }

    @Test(
        "Hidden files are not there, however they are spelt; errors come as the client likes them")
    func hiddenFiles() throws {
        let proxy = try responder(
            """
            advanced: {security: {deny_hidden_files: true}}
            route_rules: [{pattern: /*, respond: {status: 200, body: seen}}]
            """)
        for target in ["/.git/config", "/a/.env", "/a/%2Eenv", "/.", "http://test.example/.x"] {
            let answer = try proxy.request("GET", target)
            #expect(answer.status == (target == "/." ? 200 : 404), "\(target)")
        }
        for target in ["/.well-known/acme", "/a.b", "/a/b.", "/"] {
            #expect(try proxy.request("GET", target).text == "seen", "\(target)")
        }
        let answer = try proxy.request(
            "GET", "/.git", fields: ["Accept: text/html, application/json"])
        #expect(answer.value("Content-Type") == "application/json")
        #expect(answer.text.hasPrefix("{\"status\":404,\"error\":\"Not Found\",\"reason\":\""))
    }

    @Test("A rewrite does not make a hidden file of a path that names none")
    func hiddenAfterRewrite() throws {
        let port = try ScriptedBackend.refusingPort()
        let proxy = try ProxyUnderTest(
            """
            advanced: {security: {deny_hidden_files: true}}
            services: {files: {url: "http://127.0.0.1:\(port)"}}
            route_rules: [{pattern: "~^/f(?<x>.*)$", target: files, rewrite: {path: "/{x}"}}]
            """)
        #expect(try proxy.request("GET", "/f.git/config").status == 404)
        #expect(try proxy.request("GET", "/fa.git").status == 502)
    }

    @Test("Hosts are chosen exact first, then by the longest wildcard, then by pattern")
    func hosts() throws {
        let proxy = try responder(
            #"""
            host_rules:
              - pattern: a.example.com
                route_rules: [{pattern: /*, respond: {status: 200, body: exact}}]
              - pattern: "*.example.com"
                route_rules: [{pattern: /*, respond: {status: 200, body: wide}}]
              - pattern: "*.b.example.com"
                route_rules: [{pattern: /only, respond: {status: 200, body: long}}]
              - pattern: .both.net
                route_rules: [{pattern: /*, respond: {status: 200, body: both}}]
              - pattern: '~^t-[a-z]+\.org$'
                route_rules: [{pattern: /*, respond: {status: 200, body: regex}}]
            route_rules: [{pattern: /*, respond: {status: 200, body: default}}]
            """#)
        let cases = [
            ("a.example.com", "exact"), ("A.EXAMPLE.com:99", "exact"), ("a.example.com.", "exact"),
            ("x.example.com", "wide"), ("example.com", "default"), ("both.net", "both"),
            ("x.y.both.net", "both"), ("t-abc.org", "regex"), ("t-1.org", "default"),
        ]
        for (host, expected) in cases {
            #expect(
                try proxy.request("GET", "/", fields: ["Host: \(host)"]).text == expected, "\(host)"
            )
        }
        let refused = try proxy.request("GET", "/other", fields: ["Host: x.b.example.com"])
        #expect(refused.status == 404)
    }

    @Test("Paths are rewritten in every way that the language has")
    func rewrites() throws {
        let origin = try TestOrigin()
        let proxy = try ProxyUnderTest(
            """
            services:
              plain: {url: "http://127.0.0.1:\(origin.port)/echo"}
            route_rules:
              - {pattern: /strip/*, target: plain, rewrite: {strip_prefix: /strip}}
              - {pattern: /add/*, target: plain, rewrite: {add_prefix: /v2}}
              - {pattern: /swap/*, target: plain, rewrite: {strip_prefix: /swap, add_prefix: /new}}
              - {pattern: "/u/{name}/p", target: plain, rewrite: {path: "/profile/{name}"}}
              - {pattern: /*, target: plain}
            """)
        let cases = [
            ("/strip/a/b?q=1", "/echo/a/b?q=1"), ("/add/a", "/echo/v2/add/a"),
            ("/swap/x", "/echo/new/x"), ("/u/ada/p?z", "/echo/profile/ada?z"),
            ("/same", "/echo/same"),
        ]
        for (target, expected) in cases {
            #expect(try EchoedRequest(proxy.request("GET", target)).target == expected, "\(target)")
        }
    }

    @Test("Redirects and answers need no backend")
    func redirectAndRespond() throws {
        let proxy = try responder(
            """
            route_rules:
              - {pattern: /old/*, redirect: {to: "https://{host}{path}", status: 308}}
              - {pattern: /teapot, respond: {status: 418, body: short, content_type: text/x-tea}}
            """)
        let moved = try proxy.request("GET", "/old/page", fields: ["Host: www.example.com"])
        #expect(moved.status == 308)
        #expect(moved.value("Location") == "https://www.example.com/old/page")
        let teapot = try proxy.request("GET", "/teapot")
        #expect(teapot.status == 418)
        #expect(teapot.text == "short")
        #expect(teapot.value("Content-Type") == "text/x-tea")
        let head = try proxy.request("HEAD", "/teapot")
        #expect(head.value("Content-Length") == "5")
        let none = try proxy.request("GET", "/nothing")
        #expect(none.status == 404)
        #expect(none.value("Server") == "wsproxy")
    }

    @Test("Weighted backends and weighted targets share as they were told")
    func weights() throws {
        let names = ["a", "b"]
        let backends = try names.map { name in
            try ScriptedBackend { peer in
                while true {
                    _ = try peer.readHead()
                    try peer.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n\(name)")
                    if try peer.isAtEnd() { return }
                }
            }
        }
        let urls = backends.map { "http://127.0.0.1:\($0.port)" }
        let proxy = try ProxyUnderTest(
            """
            services:
              one: {url: "\(urls[0])"}
              two: {url: "\(urls[1])"}
              robin: {load_balancer: {strategy: round_robin, backends: [{url: "\(urls[0])"}, {url: "\(urls[1])"}]}}
              weighted:
                load_balancer:
                  strategy: weighted_round_robin
                  backends: [{url: "\(urls[0])", weight: 3}, {url: "\(urls[1])", weight: 1}]
            route_rules:
              - {pattern: /robin, target: robin}
              - {pattern: /weighted, target: weighted}
              - {pattern: /targets, targets: [{service: one, weight: 9}, {service: two, weight: 1}]}
            """, options: ["--workers", "1"])
        let shares = try ["/robin", "/weighted", "/targets"].map { path in
            try (0..<400).filter { _ in
                try proxy.request("GET", path, fields: ["Connection: close"]).text == "a"
            }.count
        }
        #expect(shares[0] == 200)
        #expect(shares[1] == 300)
        // The targets may be drawn by lot: 360 of 400 are due, and 310 is eight deviations away.
        #expect((310...398).contains(shares[2]))
    }
}

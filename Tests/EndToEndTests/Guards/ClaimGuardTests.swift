import TestSupport
import Testing

private let secret = "a secret of more than thirty-two bytes"

/// What guards make of the claims of a token: for requests, event streams and WebSockets alike.
@Suite("Guards that go by claims")
struct ClaimGuardTests {
    private static func configuration(_ ports: [UInt16]) -> String {
        """
        services:
          free: {url: "http://127.0.0.1:\(ports[0])"}
          paid: {url: "http://127.0.0.1:\(ports[1])"}
        middlewares:
          - name: door
            type: auth
            config:
              jwt:
                algorithms: [HS256]
                secret: {env: JWT_SECRET}
                issuer: "https://id.example"
                audience: [chat, api]
                leeway: 60
              roles: [admin, writer]
              roles_claim: realm_access.roles
              token_from: ["header:X-Token", "cookie:sid", header]
          - name: who
            type: headers
            config:
              request: {set: {X-Sub: "{claim.sub}", X-Org: "{claim.org.name}", X-Groups: "<{claim.groups}>"}}
              response: {set: {X-For: "{claim.sub}"}}
          - {name: calls, type: rate_limit, config: {requests_per_minute: 1, burst_size: 2, key: "claim:sub"}}
          - {name: plan, type: dynamic_route, config: {from: "claim:plan.name", services: {gold: paid}}}
        route_rules:
          - {pattern: /limited, target: free, middlewares: [door, calls]}
          - {pattern: /*, target: free, middlewares: [door, who, plan]}
        """
    }

    private static func token(
        sub: String = "alice", roles: String = "[\"writer\"]", audience: String = "\"api\"",
        issuer: String = "https://id.example", more: String = ""
    ) -> String {
        TokenText.hmac(
            "{\"iss\":\"\(issuer)\",\"aud\":\(audience),\"sub\":\"\(sub)\","
                + "\"realm_access\":{\"roles\":\(roles)}\(more)}", secret: secret)
    }

    /// A proxy in front of two origins that echo.
    private static func proxy() throws -> (ProxyUnderTest, [TestOrigin]) {
        let origins = [try TestOrigin(), try TestOrigin()]
        let proxy = try ProxyUnderTest(
            configuration(origins.map { $0.port }), environment: ["JWT_SECRET": secret])
        return (proxy, origins)
    }

    @Test("Issuer, audience, leeway and nested roles decide who comes in")
    func whoComesIn() throws {
        let (proxy, origins) = try Self.proxy()
        func status(_ token: String) throws -> Int {
            try proxy.request("GET", "/echo", fields: ["Authorization: Bearer \(token)"]).status
        }
        #expect(try status(Self.token()) == 200)
        #expect(try status(Self.token(audience: "[\"other\",\"chat\"]")) == 200)
        #expect(try status(Self.token(audience: "\"other\"")) == 401)
        #expect(try status(Self.token(issuer: "https://id.example/")) == 401)
        #expect(try status(Self.token(roles: "\"reader writer\"")) == 200)
        #expect(try status(Self.token(roles: "[\"reader\"]")) == 403)
        // At the top it is another claim.
        #expect(try status(Self.token(roles: "[]", more: ",\"roles\":[\"admin\"]")) == 403)
        #expect(
            try status(Self.token(roles: "[]", more: ",\"realm_access.roles\":[\"admin\"]")) == 200)
        withExtendedLifetime(origins) {}
    }

    @Test("The first place that has anything decides")
    func places() throws {
        let (proxy, origins) = try Self.proxy()
        let token = Self.token()
        func status(_ fields: String...) throws -> Int {
            try proxy.request("GET", "/echo", fields: fields).status
        }
        #expect(try status("X-Token: \(token)") == 200)
        #expect(try status("X-Token: Bearer \(token)") == 200)
        #expect(try status("Cookie: sid=\(token)") == 200)
        #expect(try status("Authorization: Bearer \(token)") == 200)
        #expect(try status("X-Token: no", "Authorization: Bearer \(token)") == 401)
        #expect(try status("Cookie: sid=no", "Authorization: Bearer \(token)") == 401)
        #expect(try status("Cookie: other=no", "Authorization: Bearer \(token)") == 200)
        withExtendedLifetime(origins) {}
    }

    @Test("Claims are filled into heads of requests and answers")
    func headers() throws {
        let (proxy, origins) = try Self.proxy()
        let token = Self.token(more: ",\"org\":{\"name\":\"acme\"},\"groups\":[\"a\",1,true]")
        let fields = ["Authorization: Bearer \(token)", "X-Sub: mallory", "X_Org: forged"]
        let answer = try proxy.request("GET", "/echo", fields: fields)
        #expect(answer.values("X-For") == ["alice"])
        let echoed = try EchoedRequest(answer)
        #expect(echoed.values("X-Sub") == ["alice"])
        #expect(echoed.values("X-Org") + echoed.values("X_Org") == ["acme"])
        #expect(echoed.values("X-Groups") == ["<a,1,true>"])
        let events = try proxy.request(
            "GET", "/echo", fields: fields + ["Accept: text/event-stream"])
        #expect(events.values("X-For") == ["alice"])
        let socket = try proxy.connect()
        let upgrade = try socket.upgrade("/ws/echo", fields: fields)
        #expect(upgrade.values("X-For") == ["alice"])
        withExtendedLifetime(origins) {}
    }

    @Test(
        "A claim that no header can hold is no reason to go on without it",
        arguments: [#"a\r\nX-Admin: 1"#, #"a\nb"#, #"a\u0000b"#, #"a\u007fb"#])
    func controls(sub: String) throws {
        let (proxy, origins) = try Self.proxy()
        let fields = ["Authorization: Bearer \(Self.token(sub: sub))"]
        // Also once the token is known.
        for _ in 0..<2 {
            #expect(try proxy.request("GET", "/echo", fields: fields).status == 400)
        }
        #expect(try proxy.connect().upgrade("/ws/echo", fields: fields).status == 400)
        withExtendedLifetime(origins) {}
    }

    @Test("A rate limit by claim counts users, wherever they come from")
    func rates() throws {
        let (proxy, origins) = try Self.proxy()
        func status(_ sub: String) throws -> Int {
            try proxy.request(
                "GET", "/limited", fields: ["Authorization: Bearer \(Self.token(sub: sub))"]
            ).status
        }
        #expect(try status("alice") != 429)
        #expect(
            try proxy.connect().upgrade(
                "/limited", fields: ["Authorization: Bearer \(Self.token(sub: "alice"))"]
            ).status != 429)
        #expect(try status("alice") == 429)
        #expect(try status("bob") != 429)
        withExtendedLifetime(origins) {}
    }

    @Test("A claim picks the service")
    func services() throws {
        let backends = try ["free", "paid"].map { name in
            try ScriptedBackend { connection in
                _ = try connection.readHead()
                try connection.send(
                    "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n"
                        + "X-Is: \(name)\r\n\r\n")
            }
        }
        let proxy = try ProxyUnderTest(
            Self.configuration(backends.map { $0.port }), environment: ["JWT_SECRET": secret])
        func service(_ more: String, _ fields: [String] = []) throws -> String? {
            try proxy.request(
                "GET", "/x",
                fields: ["Authorization: Bearer \(Self.token(more: more))"] + fields
            ).value("X-Is")
        }
        let gold = ",\"plan\":{\"name\":\"gold\"}"
        #expect(try service("") == "free")
        #expect(try service(",\"plan\":\"gold\"") == "free")
        #expect(try service(gold) == "paid")
        #expect(try service(gold, ["Accept: text/event-stream"]) == "paid")
        let upgrade = try proxy.connect().upgrade(
            "/x", fields: ["Authorization: Bearer \(Self.token(more: gold))"])
        #expect(upgrade.value("X-Is") == "paid")
    }
}

import TestSupport
import Testing

/// Trailers and interim heads beside guards that change heads.
@Suite("Guards and what comes before and behind heads")
struct TrailerGuardTests {
    private static let answer =
        "HTTP/1.1 103 Early Hints\r\nX-Gone: secret\r\nLink: </a>\r\n\r\n"
        + "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-Gone: secret\r\n\r\n"
        + "1\r\na\r\n0\r\nX-Gone: secret\r\nX-Set: theirs\r\n"
        + "Access-Control-Allow-Origin: *\r\nX-Ok: 1\r\n\r\n"

    private static func configuration(_ port: UInt16, asking asked: UInt16) -> String {
        """
        services: {origin: {url: "http://127.0.0.1:\(port)"}}
        middlewares:
          - name: door
            type: auth
            config: {forward_auth: {url: "http://127.0.0.1:\(asked)/", headers: [X-User, X-Absent]}}
          - name: stamp
            type: headers
            config:
              request: {set: {X-Set: good}, remove: [X-Gone]}
              response: {set: {X-Set: good}, remove: [X-Gone]}
          - {name: others, type: cors, config: {allowed_origins: ["http://a.example"]}}
        route_rules:
          - {pattern: /plain, target: origin}
          - {pattern: /*, target: origin, middlewares: [door, stamp, others]}
        """
    }

    private static func asked() throws -> ScriptedBackend {
        try ScriptedBackend { connection in
            while true {
                _ = try connection.readHead()
                try connection.send("HTTP/1.1 200 OK\r\nX-User: joe\r\nContent-Length: 0\r\n\r\n")
            }
        }
    }

    @Test("A client can't send in a trailer what guards state or take away")
    func request() throws {
        let asked = try Self.asked()
        let origin = try TestOrigin()
        let proxy = try ProxyUnderTest(Self.configuration(origin.port, asking: asked.port))
        let forged =
            "X-User: evil\r\nX_User: evil\r\nX-Absent: evil\r\nX-Set: evil\r\nX-Gone: evil\r\n"
            + "Via: evil\r\nX-Ok: 1\r\n\r\n"
        func trailers(_ path: String) throws -> [String] {
            let connection = try proxy.connect()
            try connection.send(
                TestConnection.head("POST", path, fields: ["Transfer-Encoding: chunked"])
                    + "1\r\na\r\n0\r\n\(forged)")
            let echoed = try EchoedRequest(connection.readAnswer())
            #expect(echoed.values("X-User") == ["joe"])
            return echoed.trailers
        }
        let passed = try trailers("/echo")
        #expect(passed.count == 1)
        #expect(passed.first?.contains("X-Ok") == true)
    }

    /// Goal: a backend that makes one head of head and trailer is told nothing that was not looked at.
    /// Method: a field of each kind is decided by, on whatever route; each comes behind the content as well.
    @Test("A client can't send in a trailer what routes, limits, tokens and hashes go by")
    func lookedAt() throws {
        let origin = try TestOrigin()
        let proxy = try ProxyUnderTest(
            """
            services:
              origin:
                load_balancer:
                  strategy: consistent_hash
                  hash_key: "header:X-Hash"
                  backends: [{url: "http://127.0.0.1:\(origin.port)"}]
            middlewares:
              - {name: pace, type: rate_limit, config: {requests_per_minute: 60, key: "header:X-Key"}}
              - {name: pick, type: dynamic_route, config: {from: "header:X-Pick", services: {a: origin}}}
              - name: door
                type: auth
                config: {jwt_secret: "0123456789abcdef0123456789abcdef", token_from: ["header:X-Token"]}
            route_rules:
              - {pattern: /private, target: origin, middlewares: [door, pace, pick]}
              - {pattern: /echo, target: origin, match: {headers: {X-Tier: gold}}}
              - {pattern: /*, target: origin}
            """)
        let connection = try proxy.connect()
        try connection.send(
            TestConnection.head("POST", "/echo", fields: ["Transfer-Encoding: chunked"])
                + "1\r\na\r\n0\r\nX-Tier: gold\r\nX_Tier: gold\r\nX-Key: b\r\nX-Pick: a\r\n"
                + "X-Token: b\r\nX-Hash: c\r\nX-Ok: 1\r\n\r\n")
        let trailers = try EchoedRequest(connection.readAnswer()).trailers
        #expect(trailers.count == 1)
        #expect(trailers.first?.contains("X-Ok") == true)
    }

    @Test("A backend does not send before or behind its head what guards take away")
    func answer() throws {
        let asked = try Self.asked()
        let backend = try ScriptedBackend { connection in
            while true {
                _ = try connection.readHead()
                try connection.send(Self.answer)
            }
        }
        let proxy = try ProxyUnderTest(Self.configuration(backend.port, asking: asked.port))
        let connection = try proxy.connect()
        try connection.send(TestConnection.head("GET", "/x"))
        #expect(try connection.readHead() == ["HTTP/1.1 103 Early Hints", "Link: </a>"])
        let changed = try connection.readAnswer()
        #expect(changed.values("X-Set") == ["good"])
        #expect(changed.values("X-Gone") == [])
        #expect(changed.trailers == ["X-Ok: 1"])
        try connection.send(TestConnection.head("GET", "/plain"))
        #expect(try connection.readHead().contains("X-Gone: secret"))
        #expect(try connection.readAnswer().trailers.count == 4)
    }
}

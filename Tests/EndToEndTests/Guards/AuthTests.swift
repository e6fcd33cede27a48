import Foundation
import TestSupport
import Testing

private let secret = "a secret of more than thirty-two bytes"

/// Who may come in, by the real programs.
@Suite("Authentication")
struct AuthTests {
    private static let forever = #"{"sub":"alice","roles":["admin"]}"#

    private static func token(_ claims: String = forever) -> String {
        TokenText.hmac(claims, secret: secret)
    }

    /// A proxy with one guard in front of an origin.
    ///
    /// - Parameter config: What the guard is told, in YAML on one line.
    private static func pair(
        _ config: String, environment: [String: String] = ["JWT_SECRET": secret],
        directory: TemporaryDirectory? = nil
    ) throws -> (origin: TestOrigin, proxy: ProxyUnderTest) {
        let origin = try TestOrigin()
        let top = """
            middlewares:
              - {name: door, type: auth, is_global: true, config: \(config)}
            """
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(to: origin.port, top: top), environment: environment,
            directory: directory)
        return (origin, proxy)
    }

    private static let usual =
        "{jwt: {algorithms: [HS256], secret: {env: JWT_SECRET}}, roles: [admin], "
        + "token_from: [header, \"cookie:sid\", \"query:token\", subprotocol]}"

    @Test("Without a token, with a bad one and without the role nobody comes in")
    func refusals() throws {
        let pair = try Self.pair(Self.usual)
        let missing = try pair.proxy.request("GET", "/echo")
        #expect(missing.status == 401)
        #expect(missing.values("WWW-Authenticate") == [#"Bearer realm="wsproxy""#])
        let wrong = try pair.proxy.request(
            "GET", "/echo", fields: ["Authorization: Bearer \(Self.token())A"])
        #expect(wrong.status == 401)
        #expect(wrong.value("WWW-Authenticate")?.contains(#"error="invalid_token""#) == true)
        let expired = try pair.proxy.request(
            "GET", "/echo", fields: ["Authorization: Bearer \(Self.token(#"{"exp":1}"#))"])
        #expect(expired.status == 401)
        #expect(expired.text.contains("the token has expired"))
        let user = try pair.proxy.request(
            "GET", "/echo", fields: ["Authorization: Bearer \(Self.token(#"{"roles":"user"}"#))"])
        #expect(user.status == 403)
        #expect(user.value("WWW-Authenticate")?.contains("insufficient_scope") == true)
    }

    @Test("Refusals are counted by reason")
    func counters() throws {
        let top = """
            middlewares:
              - {name: door, type: auth, is_global: true, config: \(Self.usual)}
            route_rules: [{pattern: /*, respond: {status: 200, body: ok}}]

            """
        let admin = try AdminUnderTest(top, environment: ["JWT_SECRET": secret])
        #expect(try admin.proxy.request("GET", "/").status == 401)
        #expect(try admin.proxy.request("GET", "/").status == 401)
        let user = Self.token(#"{"roles":"user"}"#)
        #expect(
            try admin.proxy.request("GET", "/", fields: ["Authorization: Bearer \(user)"]).status
                == 403)
        let family = "wsproxy_auth_refusals_total"
        try admin.awaitSample(family + #"{reason="missing"}"#, 2)
        try admin.awaitSample(family + #"{reason="role"}"#, 1)
        #expect(try admin.sample(family + #"{reason="signature"}"#) == 0)
    }

    @Test("A token is found in header and cookie, which are forwarded")
    func sources() throws {
        let pair = try Self.pair(Self.usual)
        let token = Self.token()
        let header = try EchoedRequest(
            pair.proxy.request("GET", "/echo", fields: ["Authorization: bearer \(token)"]))
        #expect(header.values("Authorization") == ["bearer \(token)"])
        let cookie = try EchoedRequest(
            pair.proxy.request("GET", "/echo", fields: ["Cookie: a=b; sid=\(token)"]))
        #expect(cookie.values("Cookie") == ["a=b; sid=\(token)"])
        #expect(
            try pair.proxy.request(
                "GET", "/echo",
                fields: ["Authorization: Bearer \(token)", "Authorization: Bearer \(token)"]
            ).status == 401)
    }

    @Test(
        "A token in the query reaches neither the upstream nor the log",
        arguments: [
            ("/echo/a?token=TOKEN", "/echo/a"),
            ("/echo/b?x=1&token=TOKEN", "/echo/b?x=1"),
            ("/echo/c?token=TOKEN&x=1", "/echo/c?x=1"),
            ("/echo/d?x=1&token=TOKEN&y=2&&z", "/echo/d?x=1&y=2&&z"),
            ("/echo/e?t%6Fken=TOKEN&x=1", "/echo/e?x=1"), ("/echo/f?%74oken=TOKEN", "/echo/f"),
        ])
    func query(sent: String, forwarded: String) throws {
        let pair = try Self.pair(Self.usual)
        let token = Self.token()
        let target = sent.replacingOccurrences(of: "TOKEN", with: token)
        let echoed = try EchoedRequest(pair.proxy.request("GET", target))
        #expect(echoed.target == forwarded)
        let line = try pair.proxy.accessLine(String(forwarded.prefix(7)))
        #expect(!line.contains(String(token.suffix(20))))
        // A refused one is logged without it, too.
        let other = try pair.proxy.request("GET", "/refused?token=\(token)&token=\(token)")
        #expect(other.status == 401)
        #expect(!(try pair.proxy.accessLine("/refused").contains(String(token.suffix(20)))))
    }

    @Test("A browser's token comes as a subprotocol, and the answer names one that was offered")
    func subprotocol() throws {
        let pair = try Self.pair(Self.usual)
        let token = Self.token()
        let chat = try pair.proxy.connect()
        let answer = try chat.upgrade(
            "/ws", fields: ["Sec-WebSocket-Protocol: bearer, \(token), chat.v2"])
        #expect(answer.status == 101)
        #expect(answer.values("Sec-WebSocket-Protocol") == ["chat.v2"])
        try chat.sendFrame(1, "hello")
        #expect(try chat.readFrame() == (1, Array("hello".utf8)))

        let bare = try pair.proxy.connect()
        let other = try bare.upgrade("/ws", fields: ["Sec-WebSocket-Protocol: bearer,\(token)"])
        #expect(other.status == 101)
        #expect(other.values("Sec-WebSocket-Protocol") == ["bearer"])
        let refused = try pair.proxy.connect()
        #expect(
            try refused.upgrade("/ws", fields: ["Sec-WebSocket-Protocol: bearer, \(token)x"]).status
                == 401)
        #expect(
            try pair.proxy.connect().upgrade("/ws", fields: ["Sec-WebSocket-Protocol: bearer"])
                .status == 401)
    }

    /// Goal: whoever came in with a token leaves with it.
    /// Method: a token that ends within some seconds; what comes is waited for, not the clock.
    @Test(
        "A WebSocket ends with its token",
        arguments: [("", 1008), (", expired_close_code: 4001", 4001)])
    func expiringWebSocket(setting: String, code: Int) throws {
        let pair = try Self.pair(Self.usual.dropLast() + setting + "}")
        let end = Date().timeIntervalSince1970 + 5
        let token = Self.token(#"{"roles":["admin"],"exp":\#(end)}"#)
        let connection = try pair.proxy.connect()
        #expect(
            try connection.upgrade("/ws", fields: ["Authorization: Bearer \(token)"]).status == 101)
        try connection.sendFrame(1, "hello")
        #expect(try connection.readFrame() == (1, Array("hello".utf8)))
        let close = try connection.readFrame()
        #expect(close.opcode == 8)
        #expect(FramedProxy.code(close.payload) == code)
        try connection.send(bytes: TestConnection.frame(8, close.payload))
        #expect(try connection.isAtEnd())
        #expect(try pair.proxy.accessLine("/ws").contains("token has expired while open"))
        #expect(Date().timeIntervalSince1970 >= end - 0.1)
        // What is open may end a moment before the token does: timers count milliseconds of another clock.
        try Deadline.poll("the token has expired") {
            try pair.proxy.request("GET", "/echo", fields: ["Authorization: Bearer \(token)"])
                .status == 401
        }
    }

    @Test("A stream of events ends with its token, between two events")
    func expiringEvents() throws {
        let backend = try ScriptedBackend { connection in
            _ = try connection.readHead()
            try connection.send(
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n")
            _ = try connection.isAtEnd()
        }
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(
                to: backend.port,
                top: "middlewares:\n  - {name: door, type: auth, is_global: true, "
                    + "config: \(Self.usual)}"),
            environment: ["JWT_SECRET": secret])
        let end = Date().timeIntervalSince1970 + 5
        let token = Self.token(#"{"roles":["admin"],"exp":\#(end)}"#)
        let connection = try proxy.connect()
        try connection.send(
            TestConnection.head(
                "GET", "/events?token=\(token)", fields: ["Accept: text/event-stream"]))
        let text = try connection.read(through: "\r\n0\r\n\r\n")
        #expect(text.hasPrefix("HTTP/1.1 200"))
        #expect(text.contains("data: 1\n\n"))
        #expect(Date().timeIntervalSince1970 >= end - 0.1)
    }

    @Test("A set of keys is read again at a reload; a broken one keeps the keys that were there")
    func keySets() throws {
        let directory = try TemporaryDirectory()
        func write(_ secret: String) throws -> String {
            let key = TokenText.base64URL(Array(secret.utf8))
            return try directory.write(
                "keys.json", #"{"keys":[{"kty":"oct","kid":"a","k":"\#(key)"}]}"#)
        }
        let path = try write("the first secret of thirty-two bytes")
        let pair = try Self.pair(
            "{jwt: {algorithms: [HS256], jwks_file: \(path)}}", directory: directory)
        func status(_ secret: String) throws -> Int {
            let token = TokenText.hmac(
                "{}", secret: secret, header: #"{"alg":"HS256","kid":"a"}"#)
            return try pair.proxy.request(
                "GET", "/echo", fields: ["Authorization: Bearer \(token)"]
            ).status
        }
        #expect(try status("the first secret of thirty-two bytes") == 200)
        try directory.write("keys.json", "{\"keys\":")
        try pair.proxy.reload()
        _ = try pair.proxy.program.line(containing: "auth.keys_kept")
        #expect(try status("the first secret of thirty-two bytes") == 200)
        _ = try write("the other secret of thirty-two bytes")
        try pair.proxy.reload()
        #expect(try status("the other secret of thirty-two bytes") == 200)
        #expect(try status("the first secret of thirty-two bytes") == 401)
    }

    @Test("Names and passwords are those of the file: bcrypt and SHA-crypt")
    func basic() throws {
        let directory = try TemporaryDirectory()
        let users = try directory.write(
            "users",
            """
            # who may come in
            alice:$2b$04$CVe3T2VjyBHr8HwzIkoSEOHIXjE.dWy.Cr5vGAp30cqlh4IJVKiua
            bob:$6$rounds=1000$saltsalt$LAV5VE5Y7w1d73x1mFNspYWUpazfmwv2SoepNXNKJ/otop/Zok96Hr8Q13LEv0\
            DRY/x8v0/crpIjl8NJSAqXV/
            carol:$5$rounds=1000$saltsalt$eKLZU9t9OoPWrqOQsoTIKG0aYkZ5rGOoOQhiIvoSWX2

            """)
        let pair = try Self.pair("{basic: {users_file: \(users)}}", directory: directory)
        func status(_ name: String, _ password: String) throws -> Int {
            let credentials = Data("\(name):\(password)".utf8).base64EncodedString()
            return try pair.proxy.request(
                "GET", "/echo", fields: ["Authorization: Basic \(credentials)"]
            ).status
        }
        for name in ["alice", "bob", "carol"] {
            #expect(try status(name, "secret") == 200)
            #expect(try status(name, "secret") == 200, "known by now")
            #expect(try status(name, "Secret") == 401)
            #expect(try status(name, "") == 401)
        }
        #expect(try status("dave", "secret") == 401)
        #expect(try status("", "secret") == 401)
        let missing = try pair.proxy.request("GET", "/echo")
        #expect(missing.status == 401)
        #expect(missing.value("WWW-Authenticate")?.hasPrefix("Basic realm=") == true)
        #expect(
            try pair.proxy.request("GET", "/echo", fields: ["Authorization: Basic !!!"]).status
                == 401)
    }

    @Test("Another service is asked, gives headers to the request, or its answer is passed on")
    func forwardAuth() throws {
        let asked = try ScriptedBackend { connection in
            while true {
                let head = try connection.readHead()
                let isGood = head.contains("Authorization: good")
                let seen = head.filter { $0.hasPrefix("X-Forwarded-") }.sorted()
                    .joined(separator: "|")
                if isGood {
                    try connection.send(
                        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-User: alice\r\n"
                            + "X-Seen: \(seen)\r\n\r\n")
                } else {
                    try connection.send(
                        "HTTP/1.1 302 Found\r\nLocation: /login\r\nContent-Length: 4\r\n\r\nbye\n")
                }
            }
        }
        let pair = try Self.pair(
            "{forward_auth: {url: \"http://127.0.0.1:\(asked.port)/check\", "
                + "headers: [X-User, X-Seen, X-Gone]}}")
        let answer = try pair.proxy.request(
            "POST", "/echo/a?b=c",
            fields: [
                "Host: www.example.com", "Authorization: good", "X-User: mallory", "X-Gone: forged",
                "X_User: mallory", "x_gone: forged",
            ], body: "content")
        let echoed = try EchoedRequest(answer)
        #expect(echoed.values("X-User") == ["alice"])
        #expect(echoed.values("X-Gone") == [])
        #expect(echoed.values("X_User") + echoed.values("X_Gone") == [])
        #expect(echoed.body == "content")
        #expect(
            echoed.values("X-Seen") == [
                "X-Forwarded-For: 127.0.0.1|X-Forwarded-Host: www.example.com|"
                    + "X-Forwarded-Method: POST|X-Forwarded-Proto: http|"
                    + "X-Forwarded-Uri: /echo/a?b=c"
            ])
        let refused = try pair.proxy.request("GET", "/echo", fields: ["Authorization: bad"])
        #expect(refused.status == 302)
        #expect(refused.value("Location") == "/login")
        #expect(refused.text == "bye\n")
        #expect(try pair.proxy.connect().upgrade("/ws").status == 302)
        #expect(
            try pair.proxy.connect().upgrade("/ws", fields: ["Authorization: good"]).status == 101)
    }

    @Test("Where nobody answers nobody comes in")
    func forwardAuthDown() throws {
        let port = try ScriptedBackend.refusingPort()
        let pair = try Self.pair("{forward_auth: {url: \"http://127.0.0.1:\(port)\"}}")
        #expect(try pair.proxy.request("GET", "/echo").status == 503)
        let mute = try ScriptedBackend { connection in _ = try connection.readHead() }
        let other = try Self.pair("{forward_auth: {url: \"http://127.0.0.1:\(mute.port)\"}}")
        #expect(try other.proxy.request("GET", "/echo").status == 503)
        let babbler = try ScriptedBackend { connection in
            _ = try connection.readHead()
            try connection.send("nonsense\r\n\r\n")
        }
        let third = try Self.pair("{forward_auth: {url: \"http://127.0.0.1:\(babbler.port)\"}}")
        #expect(try third.proxy.request("GET", "/echo").status == 503)
    }

    @Test("What forward_auth asks is counted like other requests of its endpoint")
    func figuresOfQuestions() throws {
        let origin = try TestOrigin()
        let dead = try ScriptedBackend.refusingPort()
        func configuration(_ port: UInt16) -> String {
            ProxyUnderTest.everything(
                to: origin.port,
                top: "middlewares:\n  - {name: door, type: auth, is_global: true, "
                    + "config: {forward_auth: {url: \"http://127.0.0.1:\(port)/bytes/1\"}}}")
        }
        func check(_ port: UInt16, _ status: Int, _ figures: [(String, Double)]) throws {
            let admin = try AdminUnderTest(configuration(port), options: ["--workers", "1"])
            for _ in 0..<2 { #expect(try admin.proxy.request("GET", "/bytes/1").status == status) }
            let endpoint = "http://127.0.0.1:\(port)/bytes/1"
            let labels = "service=\"forward_auth of door\",endpoint=\"\(endpoint)\""
            for (name, value) in figures {
                try admin.awaitSample(
                    "wsproxy_upstream_\(name)".replacing("LABELS", with: labels), value)
            }
        }
        try check(
            origin.port, 200,
            [
                ("requests_total{LABELS}", 2), ("active_requests{LABELS}", 0),
                ("connects_total{LABELS,result=\"ok\"}", 1), ("failures_total{LABELS}", 0),
            ])
        try check(
            dead, 503,
            [
                ("requests_total{LABELS}", 2), ("active_requests{LABELS}", 0),
                ("connects_total{LABELS,result=\"ok\"}", 0), ("failures_total{LABELS}", 2),
            ])
    }

    @Test("A secret that is missing or short keeps the proxy from starting, with one line")
    func startFaults() throws {
        let origin = try TestOrigin()
        let directory = try TemporaryDirectory()
        let table = try ProxyUnderTest.compile(
            ProxyUnderTest.everything(
                to: origin.port,
                top: "middlewares:\n  - {name: door, type: auth, is_global: true, "
                    + "config: {jwt_secret: {env: JWT_SECRET}}}"), in: directory)
        for (environment, reason) in [
            ([:], "JWT_SECRET, which should hold the secret, is not set"),
            (["JWT_SECRET": "short"], "has 5 bytes; at least 32 are needed"),
        ] as [([String: String], String)] {
            let result = try RunningProgram.run(
                BuiltPrograms.path("wsproxy"), ["--routes", table, "--check"],
                environment: environment)
            #expect(result.exit == .code(1))
            #expect(result.errors.contains(reason), "\(result.errors)")
            #expect(result.errors.contains("door"))
        }
    }
}

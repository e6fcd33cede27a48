import TestSupport
import Testing

/// What the service is told that `forward_auth` asks.
@Suite("Questions of forward_auth")
struct ForwardAuthTests {
    /// A proxy that asks, and what its service was sent: the lines of the head as the answer's field `X-Seen`.
    private static func pair(
        to origin: TestOrigin, top: String = "", listen: [String] = ["127.0.0.1:0=8080"],
        directory: TemporaryDirectory? = nil
    ) throws -> (asked: ScriptedBackend, proxy: ProxyUnderTest) {
        let asked = try ScriptedBackend { connection in
            while try !connection.isAtEnd() {
                let head = try connection.readHead()
                try connection.send(
                    "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n"
                        + "X-Seen: \(head.dropFirst().joined(separator: "|"))\r\n\r\n")
            }
        }
        let door = "{forward_auth: {url: \"http://127.0.0.1:\(asked.port)\", headers: [X-Seen]}}"
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(
                to: origin.port,
                top: """
                    \(top)
                    middlewares:
                      - {name: door, type: auth, is_global: true, config: \(door)}
                    """), listen: listen, directory: directory)
        return (asked, proxy)
    }

    /// The fields that the service got of a request with `fields`.
    private static func seen(
        _ pair: (asked: ScriptedBackend, proxy: ProxyUnderTest), _ fields: [String]
    ) throws -> [String] {
        let echoed = try EchoedRequest(try pair.proxy.request("GET", "/echo", fields: fields))
        return echoed.values("X-Seen").joined().split(separator: "|").map(String.init)
    }

    @Test("What a client says of its certificate reaches nobody")
    func madeUpCertificate() throws {
        let origin = try TestOrigin()
        let pair = try Self.pair(to: origin)
        let seen = try Self.seen(
            pair, ["X-Client-Cert-Subject: CN=root", "x-client-cert-verify: SUCCESS", "X-A: b"])
        #expect(seen.contains("X-A: b"))
        #expect(!seen.contains { $0.lowercased().hasPrefix("x-client-cert") })
    }

    @Test("The subject of a certificate that was shown is told")
    func certificate() throws {
        let directory = try TemporaryDirectory()
        let server = try TestCertificate(in: directory)
        let client = try TestCertificate(in: directory, name: "client")
        let origin = try TestOrigin()
        let pair = try Self.pair(
            to: origin,
            top: """
                listeners:
                  - address: 127.0.0.1
                    port: 8443
                    tls:
                      certificate: "\(server.certificatePath)"
                      key: "\(server.keyPath)"
                      client_ca: "\(client.certificatePath)"
                      client_auth: require
                """, listen: ["127.0.0.1:0=8443"], directory: directory)
        let result = try RunningProgram.run(
            "curl",
            [
                "--silent", "--show-error", "--noproxy", "*", "-k",
                "--cert", client.certificatePath,
                "--key", client.keyPath, "-H", "X-Client-Cert-Subject: CN=root",
                "https://127.0.0.1:\(pair.proxy.ports[0])/echo",
            ])
        #expect(pair.asked.connectionCount == 1)
        #expect(result.output.contains("|X-Client-Cert-Subject: CN=client|"))
        #expect(!result.output.contains("root"))
    }

    @Test("Whom a trusted proxy speaks for is told as to the backend; what others say of it is not")
    func trusted() throws {
        let fields = [
            "Host: h", "X-Forwarded-For: 9.9.9.9", "X-Forwarded-Proto: https",
            "X-Forwarded-Host: real.test", "X-Real-IP: 9.9.9.9", "X-Forwarded-Uri: /made-up",
            "X-Forwarded-IP: 9.9.9.9",
        ]
        let origin = try TestOrigin()
        let trusting = try Self.pair(
            to: origin, top: "advanced: {security: {trusted_proxies: [127.0.0.1]}}")
        let told = try Self.seen(trusting, fields)
        let client = Set(told.filter { $0.hasPrefix("X-Forwarded-") || $0.hasPrefix("X-Real-") })
        #expect(
            client == [
                "X-Forwarded-For: 9.9.9.9, 127.0.0.1", "X-Forwarded-Proto: https",
                "X-Forwarded-Host: real.test", "X-Real-IP: 9.9.9.9", "X-Forwarded-Method: GET",
                "X-Forwarded-Uri: /echo",
            ])
        let other = try Self.pair(to: origin)
        let own = try Self.seen(other, fields)
        #expect(
            Set(own.filter { $0.hasPrefix("X-Forwarded-") || $0.hasPrefix("X-Real-") }) == [
                "X-Forwarded-For: 127.0.0.1", "X-Forwarded-Proto: http", "X-Forwarded-Host: h",
                "X-Forwarded-Method: GET", "X-Forwarded-Uri: /echo",
            ])
    }

    @Test("A service that says nothing in time is told of with the route, and when to ask again")
    func silence() throws {
        let asked = try ScriptedBackend { connection in _ = try connection.readToEnd() }
        let url = "http://127.0.0.1:\(asked.port)"
        let admin = try AdminUnderTest(
            """
            middlewares:
              - {name: door, type: auth, config: {forward_auth: {url: "\(url)"}}}
            route_rules:
              - {pattern: /*, name: guarded, respond: {status: 200}, middlewares: [door]}
            """)
        let answer = try admin.proxy.request("GET", "/silence")
        #expect(answer.status == 503)
        #expect(answer.value("Retry-After") != nil)
        #expect(try admin.proxy.accessLine("/silence").contains("\"route\":\"guarded\""))
        try admin.awaitSample(
            "wsproxy_requests_total{route=\"guarded\",method=\"GET\",status=\"5xx\"}", 1)
    }

    @Test("Connections that the service closes behind its answer are not kept")
    func closing() throws {
        let asked = try ScriptedBackend { connection in
            _ = try connection.readHead()
            try connection.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        }
        let url = "http://127.0.0.1:\(asked.port)"
        let proxy = try ProxyUnderTest(
            """
            middlewares:
              - {name: door, type: auth, config: {forward_auth: {url: "\(url)"}}}
            route_rules: [{pattern: /*, respond: {status: 200}, middlewares: [door]}]
            """, options: ["--workers", "1"])
        let before = try proxy.program.descriptorCount()
        let clients = try (0..<24).map { _ in try proxy.connect() }
        for client in clients { try client.send(TestConnection.head("GET", "/")) }
        for client in clients { #expect(try client.readAnswer().status == 200) }
        for client in clients { client.end() }
        try proxy.awaitDescriptorCount(before)
    }

    @Test("The largest answer that is passed on has room for what guards add to it")
    func largest() throws {
        let cookies = (0..<100).map {
            "Set-Cookie: k\($0)=\(String(repeating: "v", count: 590))\r\n"
        }
        let content = String(repeating: "c", count: 65_536)
        let asked = try ScriptedBackend { connection in
            _ = try connection.readHead()
            try connection.send(
                "HTTP/1.1 401 Unauthorized\r\nContent-Length: \(content.utf8.count)\r\n"
                    + cookies.joined() + "\r\n" + content)
            _ = try connection.readToEnd()
        }
        let long = String(repeating: "a", count: 7_500)
        let proxy = try ProxyUnderTest(
            """
            middlewares:
              - name: door
                type: auth
                config: {forward_auth: {url: "http://127.0.0.1:\(asked.port)"}}
              - {name: stamp, type: headers, config: {response: {set: {X-A: \(long), X-B: \(long)}}}}
            route_rules:
              - {pattern: /in, respond: {status: 200}, middlewares: [stamp, door]}
              - {pattern: /*, respond: {status: 200, body: next}}
            """, options: ["--workers", "1"])
        let connection = try proxy.connect()
        let answer = try connection.request("GET", "/in")
        #expect(answer.status == 401)
        #expect(answer.value("X-B") == long)
        #expect(answer.text == content)
        #expect(try connection.request("GET", "/after").text == "next")
    }

    /// Goal: nobody asks in vain without a trace. Method: the service keeps its answer back until the client has gone.
    @Test("A client that leaves while the service is asked has its line", arguments: [false, true])
    func clientLeaves(byReset: Bool) throws {
        let isAsked = LockedFlag(false)
        let asked = try ScriptedBackend { connection in
            _ = try connection.readHead()
            isAsked.exchange(true)
            _ = try connection.readToEnd()
        }
        let url = "http://127.0.0.1:\(asked.port)"
        let proxy = try ProxyUnderTest(
            """
            services: {origin: {url: "http://127.0.0.1:81"}}
            middlewares:
              - {name: door, type: auth, config: {forward_auth: {url: "\(url)"}}}
            route_rules:
              - {pattern: /left, name: guarded, target: origin, middlewares: [door]}
              - {pattern: /*, name: rest, respond: {status: 200, body: ok}}
            """, options: ["--workers", "1"])
        let connection = try proxy.connect()
        try connection.send(TestConnection.head("GET", "/left?a=b", fields: ["X-Request-Id: r-1"]))
        try Deadline.poll("the service is asked") { isAsked.isSet }
        if byReset { connection.reset() } else { connection.endSending() }
        let line = try proxy.accessLine("/left")
        let parts = [
            "\"path\":\"/left?a=b\"", "\"route\":\"guarded\"", "\"fault\":\"client\"",
            "\"reason\":\"client \(byReset ? "reset" : "closed")\"", "\"status\":null",
            "\"request_id\":\"r-1\"",
        ]
        for part in parts {
            #expect(line.contains(part), "\(part) in \(line)")
        }
        #expect(try proxy.request("GET", "/after").text == "ok")
        _ = try proxy.accessLine("/after")
        #expect(proxy.program.lines.filter { $0.text.contains("/left") }.count == 1)
    }

    @Test("What is asked of the page is not asked of the service")
    func conditions() throws {
        let origin = try TestOrigin()
        let pair = try Self.pair(to: origin)
        let seen = try Self.seen(
            pair,
            [
                "If-None-Match: \"a\"", "IF-MATCH: *", "If-Modified-Since: x",
                "If-Unmodified-Since: x", "If-Range: \"a\"", "Range: bytes=0-1", "If-Other: kept",
            ])
        let names = seen.compactMap { $0.split(separator: ":").first?.lowercased() }
        #expect(names.filter { $0.hasPrefix("if-") || $0 == "range" } == ["if-other"])
    }
}

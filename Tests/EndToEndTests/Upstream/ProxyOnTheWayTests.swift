import TestSupport
import Testing

/// Goal: a request reaches its backend through each kind of proxy, plain and TLS, HTTP and WebSocket.
/// Method: the real proxies of Debian stand between wsproxy and the real origin.
@Suite("A proxy on the way")
struct ProxyOnTheWayTests {
    private static let hasSOCKS = TestProxies.has("microsocks")
    private static let hasHTTP = TestProxies.has("tinyproxy")
    private static let hasTLS = TestProxies.has("stunnel4") && TestProxies.has("tinyproxy")
    private static let advice: Comment = "run Scripts/bootstrap --tests"

    private func everythingWorks(
        through proxyURL: String, environment: [String: String] = [:],
        in directory: TemporaryDirectory? = nil, more: String = ""
    ) throws {
        let directory = try directory ?? TemporaryDirectory()
        let certificate = try TestCertificate(in: directory, name: "backend")
        let plain = try TestOrigin()
        let secure = try TestOrigin(certificate: certificate)
        for (origin, scheme) in [(plain, "http"), (secure, "https")] {
            let proxy = try ProxyUnderTest(
                """
                services:
                  origin:
                    url: "\(scheme)://localhost:\(origin.port)"
                    upstream_proxy: "\(proxyURL)"
                    tls: {ca: "\(certificate.certificatePath)"}
                    \(more)
                route_rules: [{pattern: /*, target: origin}]
                """, environment: environment, directory: directory)
            #expect(try proxy.request("GET", "/bytes/100000").body.count == 100_000)
            #expect(
                try EchoedRequest(proxy.request("POST", "/echo", body: "hello")).body == "hello")
            let socket = try proxy.connect()
            #expect(try socket.upgrade("/ws").status == 101)
            try socket.sendFrame(1, "through")
            #expect(try socket.readFrame().payload == Array("through".utf8))
        }
    }

    private func isRefused(by proxyURL: String, _ reason: String) throws {
        let origin = try TestOrigin()
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(
                to: origin.port, service: "upstream_proxy: \"\(proxyURL)\""))
        #expect(try proxy.request("GET", "/refused").status == 502)
        #expect(try proxy.accessLine("/refused").contains(reason))
    }

    @Test("The access log names the backend, not the proxy on the way")
    func logged() throws {
        let onTheWay = try ConnectProxy { _, peer in
            try ConnectProxy.open(peer)
            _ = try peer.readHead()
            try ConnectProxy.answer(peer, "ok")
        }
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(
                to: 81, service: "upstream_proxy: \"\(onTheWay.url)\""))
        #expect(try proxy.request("GET", "/logged").text == "ok")
        #expect(try proxy.accessLine("/logged").contains("\"upstream\":\"127.0.0.1:81\""))
    }

    /// Goal: nobody looks for a fault at the backend that is the proxy's.
    @Test("A proxy that is not there is named in the log, by requests and by health checks")
    func notThere() throws {
        let origin = try TestOrigin()
        let dead = "http://127.0.0.1:\(try ScriptedBackend.refusingPort())"
        let proxy = try ProxyUnderTest(
            """
            services:
              asked: {url: "http://127.0.0.1:\(origin.port)", upstream_proxy: "\(dead)"}
              broken:
                url: "http://127.0.0.1:\(origin.port)"
                upstream_proxy: "\(dead)"
                circuit_breaker: {consecutive_failures: 1}
              checked:
                url: "http://127.0.0.1:\(origin.port)"
                upstream_proxy: "\(dead)"
                health_check: {interval: 50ms, unhealthy_threshold: 1}
            route_rules:
              - {pattern: /asked, target: asked}
              - {pattern: /broken, target: broken}
              - {pattern: /checked, target: checked}
            """, options: ["--workers", "1"])
        let reason = "\"reason\":\"connection refused at the proxy on the way\""
        #expect(try proxy.request("GET", "/asked").status == 502)
        let line = try proxy.accessLine("/asked")
        #expect(line.contains(reason) && line.contains("\"fault\":\"upstream\""), "\(line)")
        #expect(try proxy.request("GET", "/broken").status == 502)
        for event in ["endpoint.ejected", "endpoint.down"] {
            let line = try proxy.program.line(containing: event)
            #expect(line.contains(reason), "\(line)")
        }
    }

    @Test("TLS that fails at the proxy is not the backend's")
    func encryptedFault() throws {
        let directory = try TemporaryDirectory()
        let onTheWay = try TestOrigin(certificate: TestCertificate(in: directory))
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(
                to: 81, service: "upstream_proxy: \"https://localhost:\(onTheWay.port)\""))
        #expect(try proxy.request("GET", "/refused").status == 502)
        let line = try proxy.accessLine("/refused")
        #expect(line.contains("TLS handshake with the proxy on the way failed"), "\(line)")
    }

    @Test("SOCKS5", .enabled(if: hasSOCKS, advice))
    func socks() throws {
        let open = try TestProxies.microsocks()
        try everythingWorks(through: "socks5://127.0.0.1:\(open.port)")
    }

    @Test("SOCKS5 with a password, and with a wrong one", .enabled(if: hasSOCKS, advice))
    func socksPassword() throws {
        let guarded = try TestProxies.microsocks(user: "user", password: "p@ss")
        try everythingWorks(through: "socks5://user:p%40ss@127.0.0.1:\(guarded.port)")
        try isRefused(
            by: "socks5://user:wrong@127.0.0.1:\(guarded.port)", "wants other credentials")
        try isRefused(by: "socks5://127.0.0.1:\(guarded.port)", "wants other credentials")
    }

    @Test("HTTP CONNECT with and without Basic credentials", .enabled(if: hasHTTP, advice))
    func connect() throws {
        let directory = try TemporaryDirectory()
        let open = try TestProxies.tinyproxy(in: directory)
        try everythingWorks(through: "http://127.0.0.1:\(open.port)")
        let guarded = try TestProxies.tinyproxy(in: directory, credentials: "user secret")
        try everythingWorks(through: "http://user:secret@127.0.0.1:\(guarded.port)")
        try isRefused(
            by: "http://user:wrong@127.0.0.1:\(guarded.port)", "proxy on the way")
    }

    @Test("HTTP CONNECT over TLS, with TLS inside", .enabled(if: hasTLS, advice))
    func secureConnect() throws {
        let directory = try TemporaryDirectory()
        let certificate = try TestCertificate(in: directory)
        let inner = try TestProxies.tinyproxy(in: directory)
        let outer = try TestProxies.stunnel(to: inner.port, certificate, in: directory)
        try everythingWorks(
            through: "https://localhost:\(outer.port)",
            environment: ["SSL_CERT_FILE": certificate.certificatePath], in: directory)
    }

    @Test("The environment names the proxy, and NO_PROXY who is reached without it")
    func environment() throws {
        let origin = try TestOrigin()
        let dead = try ScriptedBackend.refusingPort()
        func status(_ variables: [String: String]) throws -> Int {
            let proxy = try ProxyUnderTest(
                ProxyUnderTest.everything(
                    to: origin.port, service: "upstream_proxy: environment"),
                environment: variables)
            return try proxy.request("GET", "/bytes/1").status
        }
        let cleared = ["SOCKS_PROXY": "", "HTTPS_PROXY": "", "HTTP_PROXY": "", "NO_PROXY": ""]
        func with(_ more: [String: String]) -> [String: String] {
            cleared.merging(more) { $1 }
        }
        #expect(try status(cleared) == 200)
        #expect(try status(with(["SOCKS_PROXY": "127.0.0.1:\(dead)"])) == 502)
        #expect(try status(with(["HTTP_PROXY": "http://127.0.0.1:\(dead)"])) == 502)
        #expect(
            try status(
                with(["HTTPS_PROXY": "http://127.0.0.1:\(dead)", "NO_PROXY": "127.0.0.0/8"])) == 200
        )
    }

    private static let noVariables = [
        "SOCKS_PROXY": "", "HTTPS_PROXY": "", "HTTP_PROXY": "", "NO_PROXY": "",
    ]

    @Test("Real proxies that the environment names", .enabled(if: hasSOCKS && hasHTTP, advice))
    func realEnvironment() throws {
        let directory = try TemporaryDirectory()
        let socks = try TestProxies.microsocks()
        let http = try TestProxies.tinyproxy(in: directory)
        for (name, port) in [
            ("SOCKS_PROXY", socks.port), ("HTTPS_PROXY", http.port), ("HTTP_PROXY", http.port),
        ] {
            let variables = Self.noVariables.merging([name: "127.0.0.1:\(port)"]) { $1 }
            try everythingWorks(through: "environment", environment: variables)
        }
    }

    /// Method: names that nobody resolves are reached through the proxy or not at all.
    @Test("Who stands in NO_PROXY is reached directly, everybody else through the proxy")
    func exceptions() throws {
        let origin = try TestOrigin()
        let onTheWay = try ConnectProxy.naming()
        let unused = try ConnectProxy.naming()
        let proxy = try ProxyUnderTest(
            """
            services:
              far: {url: "http://far.invalid", upstream_proxy: environment}
              below: {url: "http://a.near.onion", upstream_proxy: environment}
              near: {url: "http://127.0.0.1:\(origin.port)", upstream_proxy: environment}
              none: {url: "http://127.0.0.1:\(origin.port)", upstream_proxy: none}
            route_rules:
              - {pattern: /far, target: far}
              - {pattern: /below, target: below}
              - {pattern: /bytes/*, target: near}
              - {pattern: /echo, target: none}
            """,
            environment: Self.noVariables.merging([
                "HTTPS_PROXY": onTheWay.url, "HTTP_PROXY": unused.url,
                "NO_PROXY": "127.0.0.0/8,.near.onion",
            ]) { $1 })
        #expect(try proxy.request("GET", "/far").text == "far.invalid:80")
        #expect(try proxy.request("GET", "/bytes/3").text == "abc")
        #expect(try proxy.request("GET", "/echo").status == 200)
        #expect(onTheWay.authorities == ["far.invalid:80"])
        #expect(unused.authorities == [])
        // A name of which it is known here that it does not exist (RFC 7686).
        #expect(try proxy.request("GET", "/below").status == 502)
        #expect(onTheWay.authorities == ["far.invalid:80"])
    }

    @Test("A SOCKS5 proxy is told the name of the backend, which nobody resolves here")
    func remoteName() throws {
        let backend = try ScriptedBackend { peer in
            #expect(try peer.read(byteCount: 3) == [5, 1, 0])
            try peer.send(bytes: [5, 0])
            let name = Array("backend.invalid".utf8)
            let request = try peer.read(byteCount: 7 + name.count)
            #expect(request == [5, 1, 0, 3, UInt8(name.count)] + name + [0, 80])
            try peer.send(bytes: [5, 0, 0, 1, 0, 0, 0, 0, 0, 0])
            _ = try peer.readHead()
            try peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            _ = try peer.readToEnd()
        }
        let proxy = try ProxyUnderTest(
            """
            services:
              origin: {url: "http://backend.invalid", upstream_proxy: "socks5://127.0.0.1:\(backend.port)"}
            route_rules: [{pattern: /*, target: origin}]
            """)
        #expect(try proxy.request("GET", "/").text == "ok")
        #expect(backend.failures == [])
    }

    @Test("A SOCKS5 proxy that wants a password nobody has is a 502 at once")
    func unknownPassword() throws {
        let backend = try ScriptedBackend { peer in
            #expect(try peer.read(byteCount: 3) == [5, 1, 0])
            try peer.send(bytes: [5, 2])
            _ = try peer.readToEnd()
        }
        try isRefused(by: "socks5://127.0.0.1:\(backend.port)", "wants other credentials")
    }

    @Test(
        "A proxy that does not answer as one is a 502, and says so",
        arguments: ["HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", "nonsense\r\n\r\n", ""])
    func nonsense(answer: String) throws {
        let backend = try ScriptedBackend { peer in
            _ = try peer.readHead()
            try peer.send(answer)
        }
        try isRefused(
            by: "http://127.0.0.1:\(backend.port)", "did not answer as a proxy")
    }
}

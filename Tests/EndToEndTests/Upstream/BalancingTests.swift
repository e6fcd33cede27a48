import TestSupport
import Testing

@Suite("Balancing")
struct BalancingTests {
    private func counts(
        _ proxy: ProxyUnderTest, _ number: Int, fields: (Int) -> [String] = { _ in [] },
        target: (Int) -> String = { _ in "/" }
    ) throws -> [String: Int] {
        let connection = try proxy.connect()
        var counts: [String: Int] = [:]
        for index in 0..<number {
            let answer = try connection.request("GET", target(index), fields: fields(index))
            #expect(answer.status == 200)
            counts[answer.text, default: 0] += 1
        }
        return counts
    }

    @Test("Round robin, smooth weights and least connections are exact with one worker")
    func exact() throws {
        let named = try NamedBackends(count: 3)
        #expect(try counts(named.proxy("round_robin"), 30) == ["0": 10, "1": 10, "2": 10])
        let weighted = try named.proxy("weighted_round_robin", weights: [1, 2, 3])
        #expect(try counts(weighted, 30) == ["0": 5, "1": 10, "2": 15])
        #expect(try counts(named.proxy("least_connections"), 30) == ["0": 10, "1": 10, "2": 10])
    }

    @Test(
        "Strategies with chance use all backends",
        arguments: ["random", "weighted_random", "response_time"])
    func chance(strategy: String) throws {
        let named = try NamedBackends(count: 2)
        let counts = try counts(named.proxy(strategy), 200)
        #expect(counts.values.reduce(0, +) == 200)
        #expect(counts.count == 2)
    }

    @Test("A client address always leads to the same backend")
    func ipHash() throws {
        let named = try NamedBackends(count: 3)
        #expect(try counts(named.proxy("ip_hash"), 20).count == 1)
    }

    /// Goal: behind a balancer of its own all clients come from one address.
    @Test(
        "Behind a trusted proxy the address is the client's",
        arguments: ["ip_hash", "consistent_hash"])
    func namedClient(strategy: String) throws {
        let named = try NamedBackends(count: 3)
        let top = "advanced: {security: {trusted_proxies: [127.0.0.0/8]}}"
        let proxy = try named.proxy(strategy, top: top)
        let clients = { (index: Int) in ["X-Forwarded-For: 10.\(index).2.3"] }
        #expect(try counts(proxy, 60, fields: clients).count == 3)
        #expect(try counts(proxy, 20, fields: { _ in ["X-Forwarded-For: 10.1.2.3"] }).count == 1)
        #expect(try counts(named.proxy(strategy), 60, fields: clients).count == 1)
    }

    /// Goal: whoever comes next is not taken for the one who logged the connection in.
    @Test("A connection on which a login was spoken serves nobody else")
    func connectionLogin() throws {
        let plain = try NamedBackends(count: 1)
        let proxy = try plain.proxy("round_robin")
        for _ in 0..<3 { #expect(try proxy.request("GET", "/").status == 200) }
        #expect(plain.backends[0].connectionCount == 1)
        for scheme in ["NTLM TlRM", "negotiate YII=", "Basic a, NTLM"] {
            let named = try NamedBackends(count: 1)
            let proxy = try named.proxy("round_robin")
            let fields = ["Authorization: \(scheme)"]
            for _ in 0..<3 {
                #expect(try proxy.request("GET", "/", fields: fields).status == 200)
            }
            #expect(try proxy.request("GET", "/").status == 200)
            #expect(named.backends[0].connectionCount == 4)
        }
    }

    @Test("A connection on which a backend asks for such a login serves nobody else")
    func askedLogin() throws {
        let backend = try ScriptedBackend(
            answering: "HTTP/1.1 401 Who\r\nWWW-Authenticate: Basic realm=a, NTLM\r\n"
                + "Content-Length: 0\r\n\r\n")
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(to: backend.port), options: ["--workers", "1"])
        for _ in 0..<3 { #expect(try proxy.request("GET", "/").status == 401) }
        #expect(backend.connectionCount == 3)
    }

    @Test("A consistent hash follows a header, a cookie or a capture, and only that")
    func consistentHash() throws {
        let named = try NamedBackends(count: 3)
        let byHeader = try named.proxy("consistent_hash", more: "hash_key: \"header:X-User\"")
        let byCookie = try named.proxy("consistent_hash", more: "hash_key: \"cookie:user\"")
        let byCapture = try named.proxy(
            "consistent_hash", more: "hash_key: \"capture:room\"", pattern: "/rooms/{room}/*")
        for user in 0..<5 {
            let fields = { (_: Int) in ["X-User: user\(user)"] }
            #expect(try counts(byHeader, 5, fields: fields).count == 1)
            let cookie = { (index: Int) in ["Cookie: a=\(index); user=user\(user)"] }
            #expect(try counts(byCookie, 5, fields: cookie).count == 1)
            let target = { (index: Int) in "/rooms/\(user)/\(index)" }
            #expect(try counts(byCapture, 5, target: target).count == 1)
        }
        let users = { (index: Int) in ["X-User: user\(index)", "Cookie: user=user\(index)"] }
        #expect(try counts(byHeader, 60, fields: users).count == 3)
        #expect(try counts(byCookie, 60, fields: users).count == 3)
        #expect(try counts(byCapture, 60, target: { "/rooms/\($0)/x" }).count == 3)
    }

    @Test("Session affinity keeps a client at its backend by a cookie that can't be made up")
    func affinity() throws {
        let named = try NamedBackends(count: 3)
        let proxy = try named.proxy(
            "round_robin", more: "session_affinity: {cookie_name: sid, timeout: 90}")
        let first = try proxy.request("GET", "/")
        let cookie = try #require(first.value("Set-Cookie"))
        #expect(cookie.contains("; Path=/; Max-Age=90; HttpOnly"))
        let pair = String(cookie.prefix { $0 != ";" })
        let kept = try counts(proxy, 9, fields: { _ in ["Cookie: x=1; \(pair)"] })
        #expect(kept == [first.text: 9])
        let again = try proxy.request("GET", "/", fields: ["Cookie: \(pair)"])
        #expect(again.value("Set-Cookie") == nil)
        // One without a time, of an earlier version, is good and given again; none is given to somebody else's.
        let old = try proxy.request("GET", "/", fields: ["Cookie: \(pair.dropLast(8))"])
        #expect(old.text == first.text)
        #expect(old.value("Set-Cookie")?.hasPrefix(pair.dropLast(8)) == true)
        let isA = pair.dropFirst(4).hasPrefix("A")
        let forged = pair.prefix(4) + (isA ? "B" : "A") + pair.dropFirst(5)
        let other = try proxy.request("GET", "/", fields: ["Cookie: \(forged)"])
        #expect(other.value("Set-Cookie") != nil)
        #expect(try counts(proxy, 9, fields: { _ in ["Cookie: \(forged)"] }).count == 3)
    }

    @Test("The cookie is Secure where a trusted proxy says that the client speaks TLS")
    func secureCookie() throws {
        let named = try NamedBackends(count: 1)
        for trusts in [true, false] {
            let proxy = try ProxyUnderTest(
                """
                advanced: {security: {trusted_proxies: [\(trusts ? "127.0.0.1" : "10.0.0.1")]}}
                services:
                  named:
                    \(named.balancer("round_robin", more: "session_affinity: {}"))
                route_rules: [{pattern: /*, target: named}]
                """)
            let isSecure = try ["https", "http"].map { scheme in
                let answer = try proxy.request(
                    "GET", "/", fields: ["X-Forwarded-Proto: \(scheme)"])
                return answer.value("Set-Cookie")?.contains("; Secure") == true
            }
            #expect(isSecure == [trusts, false])
        }
    }

    @Test("With one key for all, a cookie of one machine is understood by another")
    func sharedAffinityKey() throws {
        let named = try NamedBackends(count: 3)
        let directory = try TemporaryDirectory()
        let key = try directory.write("affinity.key", String(repeating: "k", count: 32) + "\n")
        func start(_ options: [String]) throws -> ProxyUnderTest {
            try named.proxy("round_robin", more: "session_affinity: {}", options: options)
        }
        let one = try start(["--affinity-key", key])
        let other = try start(["--affinity-key", key])
        let stranger = try start([])
        let first = try one.request("GET", "/")
        let cookie = try #require(first.value("Set-Cookie")?.prefix { $0 != ";" })
        let fields = ["Cookie: \(cookie)"]
        #expect(try counts(other, 9, fields: { _ in fields }) == [first.text: 9])
        #expect(try counts(stranger, 9, fields: { _ in fields }).count == 3)

        let short = try directory.write("short.key", "short")
        for (path, reason) in [(short, "32 to 4096 bytes"), ("/nowhere", "/nowhere")] {
            let result = try RunningProgram.run(
                BuiltPrograms.path("wsproxy"),
                ["--routes", one.directory.file("routes.bin"), "--affinity-key", path, "--check"])
            #expect(result.exit == .code(1))
            #expect(result.errors.contains(reason))
        }
    }

    @Test("WebSockets count for as long as they live, also after a reload")
    func webSockets() throws {
        let origins = [try TestOrigin(), try TestOrigin()]
        let configuration = """
            services:
              echo:
                load_balancer:
                  strategy: least_connections
                  backends: [{url: "ws://127.0.0.1:\(origins[0].port)"}, {url: "ws://127.0.0.1:\(origins[1].port)"}]
            route_rules: [{pattern: /*, target: echo}]
            """
        let proxy = try ProxyUnderTest(configuration, options: ["--workers", "1"])
        var sockets: [TestConnection] = []
        for _ in 0..<6 {
            let socket = try proxy.connect()
            #expect(try socket.upgrade("/ws").status == 101)
            sockets.append(socket)
        }
        #expect(try origins.map { try $0.openConnectionCount() } == [3, 3])
        // The sockets went to them in turn: with every other one gone, one origin has none left.
        for index in stride(from: 0, to: 6, by: 2) { sockets[index].end() }
        try Deadline.poll("one origin is left alone") {
            try origins.map { try $0.openConnectionCount() }.sorted() == [0, 3]
        }
        try proxy.reload(configuration)
        for _ in 0..<3 {
            let socket = try proxy.connect()
            #expect(try socket.upgrade("/ws").status == 101)
            sockets.append(socket)
        }
        #expect(try origins.map { try $0.openConnectionCount() } == [3, 3])
    }
}

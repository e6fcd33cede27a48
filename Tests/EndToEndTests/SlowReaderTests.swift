import TestSupport
import Testing

/// Goal: a client that does not take what it asked for is cut after `write_timeout`, whoever else is served.
@Suite("Clients that stop reading")
struct SlowReaderTests {
    private static let top = "advanced: {timeout: {write_timeout: 200ms}}"

    @Test("An answer that nobody takes is cut, while others are served")
    func answer() throws {
        let pair = try OriginAndProxy(top: Self.top, options: ["--workers", "1"])
        let stuck = try pair.proxy.connect()
        try stuck.send(TestConnection.head("GET", "/bytes/1000000000"))
        #expect(try stuck.readHead().first == "HTTP/1.1 200 OK")
        for _ in 0..<20 { #expect(try pair.proxy.request("GET", "/bytes/3").text == "abc") }
        let line = try pair.proxy.accessLine("/bytes/1000000000")
        #expect(line.contains("\"fault\":\"client\""))
        #expect(line.contains("client does not read"))
        // What the kernel had taken is still there, and then the end.
        #expect(try stuck.readToEnd().count < 1_000_000_000)
        #expect(try pair.proxy.request("GET", "/bytes/3").text == "abc")
        try Deadline.poll("the origin has no connection beyond the pool") {
            try pair.origin.openConnectionCount() <= 1
        }
    }

    /// Method: another proxy is the client that speaks TLS, and has more patience with its own client.
    @Test("Over TLS as well")
    func encrypted() throws {
        let directory = try TemporaryDirectory()
        let certificate = try TestCertificate(in: directory)
        let listener = """
            listeners:
              - address: 127.0.0.1
                port: 8443
                tls: {certificate: "\(certificate.certificatePath)", key: "\(certificate.keyPath)"}
            """
        let origin = try TestOrigin()
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(to: origin.port, top: "\(listener)\n\(Self.top)"),
            listen: ["127.0.0.1:0=8443"], options: ["--workers", "1"], directory: directory)
        let client = try ProxyUnderTest(
            """
            services:
              tls: {url: "https://127.0.0.1:\(proxy.port)", tls: {insecure_skip_verify: true}}
            route_rules: [{pattern: /*, target: tls}]
            """)
        let stuck = try client.connect()
        try stuck.send(TestConnection.head("GET", "/bytes/1000000000"))
        #expect(try stuck.readHead().first == "HTTP/1.1 200 OK")
        for _ in 0..<20 { #expect(try client.request("GET", "/bytes/3").text == "abc") }
        #expect(try proxy.accessLine("/bytes/1000000000").contains("client does not read"))
        #expect(try stuck.readToEnd().count < 1_000_000_000)
    }

    /// Method: a backend that sends frames for as long as they are taken.
    @Test(
        "A WebSocket whose client takes nothing is cut, while others are served",
        arguments: [false, true])
    func webSocket(isFramed: Bool) throws {
        let frame = [0x82, 126, 0x40, 0] + [UInt8](repeating: 7, count: 0x4000)
        let backend = try ScriptedBackend { peer in
            let head = try peer.readHead()
            guard head[0].hasPrefix("GET /endless ") else {
                return try ConnectProxy.answer(peer, "abc")
            }
            try peer.send(
                "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                    + "Sec-WebSocket-Accept: \(TestConnection.webSocketAccept)\r\n\r\n")
            while true { try peer.send(bytes: frame) }
        }
        let proxy = try ProxyUnderTest(
            """
            \(Self.top)
            middlewares: [{name: websocket, config: {ping_interval: 300}}]
            services: {origin: {url: "http://127.0.0.1:\(backend.port)"}}
            route_rules: [{pattern: /*, target: origin\(isFramed ? ", middlewares: [websocket]" : "")}]
            """, options: ["--workers", "1"])
        let stuck = try proxy.connect()
        #expect(try stuck.upgrade("/endless").status == 101)
        for _ in 0..<20 { #expect(try proxy.request("GET", "/others").text == "abc") }
        let line = try proxy.accessLine("/endless")
        #expect(line.contains("\"fault\":\"client\""))
        #expect(line.contains("client does not read"))
        // The backend is told as well.
        try Deadline.poll("the endless stream has ended") {
            backend.failures.contains { $0.contains("broke off") }
        }
        #expect(try stuck.readToEnd().count > 0)
    }
}

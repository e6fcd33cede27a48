import Glibc
import TestSupport
import Testing

@Suite("PROXY protocol on listeners")
struct ProxyProtocolTests {
    private struct Stage {
        let origin: TestOrigin
        let proxy: ProxyUnderTest
    }

    /// A proxy whose listeners expect headers, in front of an origin.
    private func start(
        trusted: String = "127.0.0.0/8", timeout: String = "10s", encrypted: Bool = false,
        options: [String] = []
    ) throws -> Stage {
        let directory = try TemporaryDirectory()
        let origin = try TestOrigin()
        let certificate = encrypted ? try TestCertificate(in: directory) : nil
        let tls = certificate.map {
            ", tls: {certificate: \"\($0.certificatePath)\", key: \"\($0.keyPath)\"}"
        }
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(
                to: origin.port,
                top: """
                    listeners:
                      - {port: 8080, proxy_protocol: true\(tls ?? "")}
                    advanced:
                      timeout: {header_timeout: \(timeout)}
                      security: {trusted_proxies: [\(trusted)]}
                    """), options: options, directory: directory)
        return Stage(origin: origin, proxy: proxy)
    }

    @Test(
        "The client is who the header says",
        arguments: [
            ("PROXY TCP4 192.0.2.7 198.51.100.1 56324 443\r\n", "192.0.2.7"),
            ("PROXY TCP6 2001:db8::7 ::1 56324 443\r\n", "2001:db8::7"),
            ("PROXY UNKNOWN\r\n", "127.0.0.1"),
            (
                "\r\n\r\n\0\r\nQUIT\n\u{21}\u{11}\0\u{0C}"
                    + "\u{1}\u{2}\u{3}\u{4}\u{5}\u{6}\u{7}\u{8}\0\u{1}\0\u{2}",
                "1.2.3.4"
            ),
            ("\r\n\r\n\0\r\nQUIT\n\u{20}\0\0\0", "127.0.0.1"),
        ])
    func client(header: String, address: String) throws {
        let stage = try start()
        for inPieces in [false, true] {
            let connection = try stage.proxy.connect()
            if inPieces {
                for byte in header.utf8 { try connection.send(bytes: [byte]) }
            } else {
                try connection.send(header)
            }
            for _ in 0..<2 {
                let echoed = try EchoedRequest(connection.request("GET", "/echo"))
                #expect(echoed.values("X-Forwarded-For") == [address])
            }
        }
        #expect(try stage.proxy.accessLine("/echo").contains(address))
    }

    @Test(
        "A connection that does not begin with a header is closed without an answer",
        arguments: [
            "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "PROXY TCP4 1.2.3.4\r\n", "PROXY UNKNOWN\n",
            "\r\n\r\n\0\r\nQUIT\n\u{11}\u{11}\0\0", "\u{16}\u{3}\u{1}\0",
        ])
    func refused(start: String) throws {
        let stage = try self.start()
        let connection = try stage.proxy.connect()
        try connection.send(start)
        #expect(try connection.isAtEnd())
        #expect(
            try stage.proxy.program.line(containing: "proxy_protocol.refused").contains("127.0.0.1")
        )
        #expect(try stage.origin.openConnectionCount() == 0)
    }

    @Test("A peer that is not trusted is closed, whatever it sends")
    func notTrusted() throws {
        let stage = try start(trusted: "10.0.0.0/8")
        let connection = try stage.proxy.connect()
        #expect(try connection.isAtEnd())
        #expect(
            try stage.proxy.program.line(containing: "proxy_protocol.refused").contains("trusted"))
    }

    @Test("A header that does not come to its end is waited for no longer than a head")
    func slow() throws {
        let stage = try start(timeout: "150ms")
        let connection = try stage.proxy.connect()
        try connection.send("PROXY TCP4")
        #expect(try connection.isAtEnd())
        let event = try stage.proxy.program.line(containing: "proxy_protocol.refused")
        #expect(event.contains("no whole PROXY header in time"))
    }

    @Test("A header that is cut short is told of, a peer that only connects is not")
    func cutShort() throws {
        let stage = try start()
        for text in ["", "PROXY TCP4 192.0.2.7"] {
            let connection = try stage.proxy.connect()
            try connection.send(text)
            connection.endSending()
            #expect(try connection.isAtEnd())
        }
        let event = try stage.proxy.program.line(containing: "proxy_protocol.refused")
        #expect(event.contains("the connection ended within the PROXY header"))
    }

    @Test("A header that came in pieces and a peer that leaves in one cost nothing")
    func leaving() throws {
        let stage = try start()
        for text in ["", "P", "PROXY TCP4 192.0.2.7", "PROXY UNKNOWN\r\n"] {
            let connection = try stage.proxy.connect()
            try connection.send(text)
            connection.endSending()
            #expect(try connection.isAtEnd())
        }
        let connection = try stage.proxy.connect()
        try connection.send("PROXY UNKNOWN\r\n")
        #expect(try connection.request("GET", "/bytes/1").text == "a")
    }

    /// Method: nothing but the drain would end them within the time of a test. The request goes the same way
    /// behind them, so what they have sent was looked at when it is answered.
    @Test(
        "A drain does not wait for who has said nothing, or half a header",
        arguments: [false, true])
    func drain(encrypted: Bool) throws {
        let stage = try start(timeout: "10m", encrypted: encrypted, options: ["--workers", "1"])
        let starts = ["", "PROXY TCP4 192.0.2.7", "PROXY UNKNOWN\r\n\u{16}\u{3}\u{1}\u{2}"]
        let clients = try starts.prefix(encrypted ? 3 : 2).map { start in
            let client = try stage.proxy.connect()
            try client.send(start)
            return client
        }
        let last = try stage.proxy.connect()
        try last.send("PROXY UNKNOWN\r\nnonsense\r\n\r\n")
        _ = try last.readToEnd()
        stage.proxy.program.send(SIGTERM)
        #expect(try stage.proxy.program.exit() == .code(0))
        for client in clients { #expect(try client.isAtEnd()) }
    }

    @Test("The header comes before the handshake of TLS")
    func encrypted() throws {
        let stage = try start(encrypted: true)
        // curl sends a version 1 header of its own connection.
        let result = try RunningProgram.run(
            "/usr/bin/curl",
            [
                "-sk", "--haproxy-protocol", "--noproxy", "*",
                "https://127.0.0.1:\(stage.proxy.port)/echo",
            ])
        #expect(result.exit == .code(0), "\(result.errors)")
        #expect(result.output.contains("127.0.0.1"))
    }
}

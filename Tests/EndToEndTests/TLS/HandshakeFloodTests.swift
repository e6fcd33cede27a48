import TestSupport
import Testing

/// Goal: clients that begin handshakes and do not go on take the places of nobody for long.
/// Method: more of them than a worker has handshakes in progress at once (256).
@Suite("A flood of TLS handshakes")
struct HandshakeFloodTests {
    @Test("Others are served meanwhile, over TLS and without, and new clients get their turn")
    func flood() throws {
        let directory = try TemporaryDirectory()
        let certificate = try TestCertificate(in: directory)
        let origin = try TestOrigin()
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(to: origin.port, top: certificate.listeners()),
            listen: ["127.0.0.1:0=8443", "127.0.0.1:0=8080"], options: ["--workers", "1"],
            directory: directory)
        // Another proxy is the client that speaks TLS.
        let client = try ProxyUnderTest(
            """
            advanced: {connection_pool: {max_idle_connections: 1}}
            services:
              tls: {url: "https://127.0.0.1:\(proxy.ports[0])", tls: {insecure_skip_verify: true}}
            route_rules: [{pattern: /*, target: tls}]
            """, options: ["--workers", "1"])
        let socket = try client.connect()
        #expect(try socket.upgrade("/ws").status == 101)
        let before = try proxy.program.descriptorCount()
        // The head of a record that promises a ClientHello.
        let flood = try (0..<300).map { _ in
            let connection = try TestConnection(port: proxy.ports[0])
            try connection.send(bytes: [0x16, 3, 1, 2, 0, 1])
            return connection
        }
        // The first ones may have lost their places before the last one came.
        try Deadline.poll("all were accepted, or more than there are places for") {
            let lines = proxy.program.lines
            return try lines.contains { $0.text.contains("tls.handshake_evicted") }
                || proxy.program.descriptorCount() >= before + 300
        }
        try socket.sendFrame(1, "still here")
        #expect(try socket.readFrame().payload == Array("still here".utf8))
        let plain = try TestConnection(port: proxy.ports[1])
        #expect(try plain.request("GET", "/bytes/3").text == "abc")
        // Those that do not go on have lost their places.
        #expect(try client.request("GET", "/bytes/3").text == "abc")
        let event = try proxy.program.line(containing: "tls.handshake_evicted")
        #expect(event.contains("too many TLS handshakes"))
        #expect(flood.count == 300)
    }
}

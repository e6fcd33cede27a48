import TestSupport
import Testing

/// Goal: an idle client over TLS holds no more memory than it must.
/// Method: the allocator of the running proxy is counted from outside, while another proxy is the client.
@Suite("Memory of clients over TLS", .enabled(if: AllocationCounter.isUsable))
struct TLSFootprintTests {
    @Test("An idle WebSocket over TLS holds a known amount of memory")
    func idleWebSockets() throws {
        let directory = try TemporaryDirectory()
        let counter = try AllocationCounter(in: directory)
        let certificate = try TestCertificate(in: directory)
        let origin = try TestOrigin()
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(to: origin.port, top: certificate.listeners()),
            listen: ["127.0.0.1:0=8443", "127.0.0.1:0=8080"],
            options: ["--workers", "1", "--log-level", "warning"],
            environment: counter.environment, directory: directory)
        let client = try ProxyUnderTest(
            """
            services:
              tls: {url: "https://127.0.0.1:\(proxy.ports[0])", tls: {insecure_skip_verify: true}}
            route_rules: [{pattern: /*, target: tls}]
            """, options: ["--workers", "1"])
        func sockets(_ count: Int) throws -> [TestConnection] {
            try (0..<count).map { _ in
                let socket = try client.connect()
                #expect(try socket.upgrade("/ws").status == 101)
                try socket.sendFrame(1, "here")
                #expect(try socket.readFrame().payload == Array("here".utf8))
                return socket
            }
        }
        // Tables grow by pieces: the first sockets fill what there is.
        let first = try sockets(100)
        let before = try counter.heldByteCount()
        let second = try sockets(100)
        let byteCount = try (counter.heldByteCount() - before) / second.count
        // With all that a handshake leaves behind it would be 700 to 1,300 more, as the client offers.
        #expect((11_500...12_800).contains(byteCount), "each holds \(byteCount) bytes")
        #expect(first.count == 100)
    }
}

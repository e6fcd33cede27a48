import TestSupport
import Testing

/// Goal: an address that takes no connection costs a request no more than the start that it has (RFC 8305, 5).
/// Method: a hosts file gives a name two addresses; the queue of one is full, so that connecting comes to no end.
@Suite("Addresses that are raced")
struct RacedAddressTests {
    /// Tries again where a port that is free on one address is taken on the other.
    private func onBothAddresses<Other>(
        _ make: () throws -> Other?
    ) throws -> Other {
        for _ in 0..<16 {
            if let made = try make() { return made }
        }
        throw TestSupportError("no port is free on both addresses")
    }

    private func proxy(
        _ port: UInt16, dialTimeout: String, addressCount: Int = 2,
        poolsFor idleTime: String = "50ms"
    ) throws -> ProxyUnderTest {
        let directory = try TemporaryDirectory()
        let lines = (1...addressCount).map { "127.0.0.\($0) two.example\n" }
        let hosts = try directory.write("hosts", lines.joined())
        return try ProxyUnderTest(
            """
            advanced: {connection_pool: {idle_timeout: \(idleTime)}}
            services: {two: {url: "http://two.example:\(port)", dial_timeout: \(dialTimeout)}}
            route_rules: [{pattern: /*, target: two}]
            """, options: ["--workers", "1"], environment: ["CARES_HOSTS": hosts],
            directory: directory)
    }

    @Test("The address that answers takes the request, with its content", arguments: [1, 2])
    func oneStalls(stalledHost: UInt8) throws {
        let (backend, stalled) = try onBothAddresses {
            let backend = try ScriptedBackend(host: 3 - stalledHost) { peer in
                while !(try peer.isAtEnd()) {
                    let head = try peer.readHead()
                    let length = head.first { $0.lowercased().hasPrefix("content-length:") }
                    let byteCount = length?.split(separator: " ").last.flatMap { Int($0) } ?? 0
                    let content = try peer.read(byteCount: byteCount)
                    try peer.send("HTTP/1.1 200 OK\r\nContent-Length: \(byteCount)\r\n\r\n")
                    try peer.send(bytes: content)
                }
            }
            return (try? StalledPort(host: stalledHost, port: backend.port)).map { (backend, $0) }
        }
        let proxy = try proxy(backend.port, dialTimeout: "1h")
        let before = try proxy.program.descriptorCount()
        let content = String(repeating: "content", count: 10_000)
        for _ in 0..<2 {
            #expect(try proxy.request("GET", "/").status == 200)
            #expect(try proxy.request("POST", "/", body: content).text == content)
            // The pool is empty again, so the next request dials; and the loser is closed.
            try proxy.awaitDescriptorCount(before)
        }
        #expect(backend.connectionCount >= 2)
        _ = stalled
    }

    /// Method: the time for dialling is so long that an address which waits for a share of it is never tried.
    @Test("Each further address begins after a moment, not only the second")
    func severalStall() throws {
        let (backend, stalled) = try onBothAddresses {
            let backend = try ScriptedBackend(host: 4) { peer in
                _ = try peer.readHead()
                try peer.send("HTTP/1.1 204 Fine\r\n\r\n")
            }
            let ports = try? (1...3).map { try StalledPort(host: $0, port: backend.port) }
            return ports.map { (backend, $0) }
        }
        let proxy = try proxy(backend.port, dialTimeout: "1h", addressCount: 4)
        let before = try proxy.program.descriptorCount()
        #expect(try proxy.request("GET", "/").status == 204)
        try proxy.awaitDescriptorCount(before)
        _ = stalled
    }

    @Test("The log names the address of the connection, whether it was dialled, pooled or lost")
    func loggedAddress() throws {
        let (backend, stalled) = try onBothAddresses {
            let backend = try ScriptedBackend(host: 2) { peer in
                while !(try peer.isAtEnd()) {
                    guard try peer.readHead()[0].hasPrefix("GET ") else { return }
                    try peer.send("HTTP/1.1 204 Fine\r\n\r\n")
                }
            }
            return (try? StalledPort(host: 1, port: backend.port)).map { (backend, $0) }
        }
        let proxy = try proxy(backend.port, dialTimeout: "1h", poolsFor: "1h")
        #expect(try proxy.request("GET", "/dialled").status == 204)
        #expect(try proxy.request("GET", "/pooled").status == 204)
        #expect(try proxy.request("POST", "/lost").status == 502)
        for path in ["/dialled", "/pooled", "/lost"] {
            let line = try proxy.accessLine(path)
            #expect(line.contains("\"upstream\":\"127.0.0.2:\(backend.port)\""), "\(line)")
        }
        #expect(backend.connectionCount == 1)
        _ = stalled
    }

    @Test("When no address takes the connection it is a 504, and nothing stays open")
    func allStall() throws {
        let (first, second) = try onBothAddresses {
            let first = try StalledPort(host: 1)
            return (try? StalledPort(host: 2, port: first.port)).map { (first, $0) }
        }
        let proxy = try proxy(first.port, dialTimeout: "700ms")
        let before = try proxy.program.descriptorCount()
        #expect(try proxy.request("GET", "/").status == 504)
        #expect(try proxy.accessLine("/").contains("dial timeout"))
        try proxy.awaitDescriptorCount(before)
        _ = second
    }
}

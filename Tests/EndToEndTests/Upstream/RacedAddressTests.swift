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

    private func proxy(_ port: UInt16, dialTimeout: String) throws -> ProxyUnderTest {
        let directory = try TemporaryDirectory()
        let hosts = try directory.write(
            "hosts", "127.0.0.1 two.example\n127.0.0.2 two.example\n")
        return try ProxyUnderTest(
            """
            advanced: {connection_pool: {idle_timeout: 50ms}}
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

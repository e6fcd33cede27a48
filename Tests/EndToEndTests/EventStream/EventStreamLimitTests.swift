import Glibc
import TestSupport
import Testing

@Suite("How many event streams there may be")
struct EventStreamLimitTests {
    private static func open(_ proxy: ProxyUnderTest, _ method: String = "GET") throws
        -> (client: TestConnection, status: Int, retryAfter: String?)
    {
        let client = try proxy.connect()
        let head = try client.openEvents(method)
        let status = head.first.flatMap { Int($0.split(separator: " ")[1]) } ?? 0
        let retryAfter = head.first { $0.lowercased().hasPrefix("retry-after:") }
        return (client, status, retryAfter)
    }

    @Test("More streams than max_connections are a 503, and those that end make room")
    func total() throws {
        let backend = try EventBackend([EventBackend.chunked])
        let proxy = try ProxyUnderTest.events(to: backend.port, "max_connections: 2")
        let first = try Self.open(proxy)
        let second = try Self.open(proxy)
        #expect([first.status, second.status] == [200, 200])
        let third = try Self.open(proxy)
        #expect(third.status == 503)
        #expect(third.retryAfter != nil)
        first.client.end()
        try Deadline.poll("the backend is left") { backend.endedCount == 1 }
        try Deadline.poll("there is room again") { try Self.open(proxy).status == 200 }
    }

    @Test("More streams of one client than it may have are a 429")
    func perClient() throws {
        let backend = try EventBackend([EventBackend.chunked])
        let proxy = try ProxyUnderTest.events(to: backend.port, "max_connections_per_client: 1")
        let first = try Self.open(proxy)
        #expect(first.status == 200)
        let second = try Self.open(proxy)
        #expect(second.status == 429)
        #expect(second.retryAfter != nil)
        #expect(backend.endedCount == 0)
    }

    @Test("A stream that was asked for without Accept is refused when it answers")
    func posted() throws {
        let backend = try EventBackend([EventBackend.chunked])
        let proxy = try ProxyUnderTest.events(to: backend.port, "max_connections: 1")
        let first = try Self.open(proxy, "POST")
        #expect(first.status == 200)
        let second = try Self.open(proxy, "POST")
        #expect(second.status == 503)
        #expect(second.retryAfter != nil)
        try Deadline.poll("the backend is left") { backend.endedCount == 1 }
    }

    @Test("Who asks for a WebSocket and gets a stream of events has a place like all others")
    func handshake() throws {
        let backend = try EventBackend([EventBackend.chunked])
        let proxy = try ProxyUnderTest.events(to: backend.port, "max_connections: 1")
        var clients: [TestConnection] = []
        var statuses: [String] = []
        for _ in 0..<2 {
            let client = try proxy.connect()
            try client.send(
                TestConnection.head("GET", "/", fields: TestConnection.upgradeFields))
            let head = try client.readHead()
            statuses.append(head.first.map { String($0.split(separator: " ")[1]) } ?? "")
            clients.append(client)
        }
        #expect(statuses == ["200", "503"])
    }

    @Test("An answer that is no stream takes no place")
    func noStream() throws {
        let origin = try TestOrigin()
        let proxy = try ProxyUnderTest.events(to: origin.port, "max_connections: 1")
        let kept = try proxy.connect()
        for _ in 0..<3 {
            let answer = try kept.request(
                "GET", "/bytes/1", fields: ["Accept: text/event-stream"])
            #expect(answer.text == "a")
        }
    }

    /// Goal: the limit is exact, whatever worker a client comes to, and holds over a reload. Method: many clients at
    /// once, then a new table, then one more.
    @Test("The limit holds over all workers and through a reload")
    func exact() throws {
        let backend = try EventBackend([EventBackend.chunked])
        let proxy = try ProxyUnderTest.events(
            to: backend.port, "max_connections: 5", options: ["--workers", "4"])
        let clients = try (0..<20).map { _ in try proxy.connect() }
        for client in clients {
            try client.send(TestConnection.head("GET", "/", fields: ["Accept: text/event-stream"]))
        }
        let heads = try clients.map { try $0.readHead() }
        #expect(heads.count { $0.first == "HTTP/1.1 200 OK" } == 5)
        try proxy.reload()
        #expect(try Self.open(proxy).status == 503)
    }
}

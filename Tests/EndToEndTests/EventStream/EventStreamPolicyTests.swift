import TestSupport
import Testing

@Suite("The sse middleware")
struct EventStreamPolicyTests {
    private static let beat = ": \n\n"

    @Test("A silent stream is given heartbeats, and events pass between them")
    func heartbeats() throws {
        let backend = try EventBackend([EventBackend.chunked, EventBackend.chunk("data: 1\n\n")])
        let proxy = try ProxyUnderTest.events(to: backend.port, "heartbeat_interval: 20ms")
        let client = try proxy.connect()
        #expect(try client.openEvents().first == "HTTP/1.1 200 OK")
        for _ in 0..<3 { #expect(try client.readText() == Self.beat) }
        backend.goOn()
        var text = ""
        while !text.contains("data") { text += try client.readText() ?? "end" }
        #expect(text.hasSuffix("data: 1\n\n"))
        #expect(try client.readText() == Self.beat)
    }

    /// Goal: nothing goes into an event. Method: while half an event has been delivered, another stream of the same
    /// proxy has seen several heartbeats.
    @Test("No heartbeat goes into the middle of an event")
    func noHeartbeatInEvent() throws {
        let half = try EventBackend([
            EventBackend.chunked + EventBackend.chunk("data: ha"), EventBackend.chunk("lf\n\n"),
        ])
        let silent = try EventBackend([EventBackend.chunked])
        let proxy = try ProxyUnderTest(
            """
            middlewares: [{name: sse, is_global: true, config: {heartbeat_interval: 20ms}}]
            services:
              half: {url: "http://127.0.0.1:\(half.port)"}
              silent: {url: "http://127.0.0.1:\(silent.port)"}
            route_rules: [{pattern: /half, target: half}, {pattern: /silent, target: silent}]
            """, options: ["--workers", "1"])
        let client = try proxy.connect()
        _ = try client.openEvents("GET", "/half")
        #expect(try client.readText() == "data: ha")
        let other = try proxy.connect()
        _ = try other.openEvents("GET", "/silent")
        for _ in 0..<5 { #expect(try other.readText() == Self.beat) }
        half.goOn()
        #expect(try client.readText() == "lf\n\n")
        #expect(try client.readText() == Self.beat)
    }

    @Test("Clients are told how long to wait, before anything else")
    func retry() throws {
        let backend = try EventBackend(
            [EventBackend.untilClose + "\u{FEFF}data: 1\n\n"], stays: false)
        let proxy = try ProxyUnderTest.events(to: backend.port, "retry: 1234ms")
        let client = try proxy.connect()
        _ = try client.openEvents()
        // The byte order mark is none any more once something stands before it.
        #expect(try client.readEvents() == "retry: 1234\n\ndata: 1\n\n")
    }

    @Test("A stream ends between two events when max_duration is over, and the connection goes on")
    func duration() throws {
        let backend = try EventBackend([
            EventBackend.chunked + EventBackend.chunk("data: 1\n\n")
        ])
        let proxy = try ProxyUnderTest.events(to: backend.port, "max_duration: 50ms")
        let client = try proxy.connect()
        _ = try client.openEvents()
        #expect(try client.readEvents() == "data: 1\n\n")
        _ = try client.openEvents("GET", "/again")
        #expect(try client.readEvents() == "data: 1\n\n")
        #expect(try proxy.accessLine("/again").contains("max_duration is over"))
        try Deadline.poll("the backend is left") { backend.endedCount == 2 }
    }

    @Test("An event that has begun is ended first when max_duration is over")
    func durationInEvent() throws {
        let backend = try EventBackend([
            EventBackend.chunked + EventBackend.chunk("data: 1\n"),
            EventBackend.chunk("data: 2\n\ndata: 3\n\ndata: 4\n"),
        ])
        let proxy = try ProxyUnderTest.events(to: backend.port, "max_duration: 50ms")
        let client = try proxy.connect()
        _ = try client.openEvents()
        #expect(try client.readText() == "data: 1\n")
        // A stream that began later and is over: so is the time of the first.
        let other = try EventBackend([EventBackend.chunked])
        let second = try ProxyUnderTest.events(to: other.port, "max_duration: 100ms")
        let later = try second.connect()
        _ = try later.openEvents()
        #expect(try later.readEvents() == "")
        backend.goOn()
        #expect(try client.readEvents() == "data: 2\n\ndata: 3\n\n")
    }

    @Test("A compressed stream is left alone, and ends when it is due")
    func compressed() throws {
        let backend = try EventBackend([
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Encoding: gzip\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n" + EventBackend.chunk("\n\n")
        ])
        let proxy = try ProxyUnderTest.events(
            to: backend.port, "heartbeat_interval: 10ms, retry: 5, max_duration: 100ms")
        let client = try proxy.connect()
        _ = try client.openEvents()
        #expect(try client.readEvents() == "\n\n")
    }

    @Test("An HTTP/1.0 client gets heartbeats without chunks, until the connection is closed")
    func http10() throws {
        let backend = try EventBackend([EventBackend.chunked, "0\r\n\r\n"])
        let proxy = try ProxyUnderTest.events(
            to: backend.port, "heartbeat_interval: 20ms, retry: 2")
        let client = try proxy.connect()
        try client.send("GET / HTTP/1.0\r\nHost: test.example\r\n\r\n")
        let head = try client.readHead()
        #expect(!head.contains { $0.lowercased().hasPrefix("transfer-encoding") })
        #expect(try client.read(through: Self.beat) == "retry: 2000\n\n" + Self.beat)
        backend.goOn()
        let rest = String(decoding: try client.readToEnd(), as: UTF8.self)
        #expect(rest.replacing(Self.beat, with: "") == "")
    }

    @Test("A stream whose length the backend knows is sent in chunks, so that lines can be added")
    func knownLength() throws {
        let backend = try EventBackend(
            [
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 18\r\n\r\n"
                    + "data: 1\n\ndata: 2\n\n"
            ])
        let proxy = try ProxyUnderTest.events(to: backend.port, "retry: 1")
        let client = try proxy.connect()
        let head = try client.openEvents()
        #expect(!head.contains { $0.lowercased().hasPrefix("content-length") })
        #expect(try client.readEvents() == "retry: 1000\n\ndata: 1\n\ndata: 2\n\n")
    }

    @Test("The answer to HEAD has no content, whatever the middleware says")
    func head() throws {
        let backend = try EventBackend([EventBackend.untilClose])
        let proxy = try ProxyUnderTest.events(
            to: backend.port, "retry: 1, heartbeat_interval: 10ms")
        let client = try proxy.connect()
        #expect(try client.openEvents("HEAD").first == "HTTP/1.1 200 OK")
        // What comes next is the answer to the next request.
        #expect(try client.openEvents("OPTIONS", "*").first == "HTTP/1.1 204 No Content")
    }

    @Test("A backend that ends its stream ends the client's, between heartbeats")
    func backendEnds() throws {
        let backend = try EventBackend([EventBackend.untilClose, "data: 1\n\n"], stays: false)
        let proxy = try ProxyUnderTest.events(to: backend.port, "heartbeat_interval: 20ms")
        let client = try proxy.connect()
        _ = try client.openEvents()
        #expect(try client.readText() == Self.beat)
        backend.goOn()
        let text = try client.readEvents()
        #expect(text.replacing(Self.beat, with: "") == "data: 1\n\n")
    }

    @Test("A client that leaves closes the stream at the backend", arguments: [true, false])
    func clientLeaves(resets: Bool) throws {
        let backend = try EventBackend([EventBackend.chunked])
        let proxy = try ProxyUnderTest.events(to: backend.port, "heartbeat_interval: 1h")
        let client = try proxy.connect()
        _ = try client.openEvents()
        if resets { client.reset() } else { client.end() }
        try Deadline.poll("the backend is left") { backend.endedCount == 1 }
    }
}

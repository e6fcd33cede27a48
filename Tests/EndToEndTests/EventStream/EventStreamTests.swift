import TestSupport
import Testing

@Suite("Streaming events")
struct EventStreamTests {
    private static let accept = "Accept: text/event-stream"

    @Test("The head comes before the first event, and each event as it is made")
    func flushing() throws {
        let release = LockedFlag(false)
        let backend = try ScriptedBackend { peer in
            _ = try peer.readHead()
            try peer.send(
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n"
            )
            // The next event is sent only when the client has seen all before it.
            for number in 1...3 {
                try Deadline.poll("the client asks for event \(number)") { release.exchange(false) }
                try peer.send("9\r\ndata: \(number)\n\n\r\n")
            }
            try peer.send("0\r\n\r\n")
        }
        let proxy = try ProxyUnderTest(ProxyUnderTest.everything(to: backend.port))
        let connection = try proxy.connect()
        try connection.send(TestConnection.head("GET", "/sse", fields: [Self.accept]))
        let head = try connection.readHead()
        #expect(head.contains { $0.lowercased() == "content-type: text/event-stream" })
        for number in 1...3 {
            release.exchange(true)
            #expect(try connection.readChunk() == Array("data: \(number)\n\n".utf8))
        }
        #expect(try connection.readChunk() == nil)
        #expect(backend.failures == [])
    }

    @Test("A stream may be silent for longer than the read timeout")
    func noReadTimeout() throws {
        let pair = try OriginAndProxy(service: "read_timeout: 2s")
        let connection = try pair.proxy.connect()
        try connection.send(
            TestConnection.head("GET", "/sse?interval=3000&count=2", fields: [Self.accept]))
        let answer = try connection.readAnswer()
        #expect(answer.text.hasSuffix("id: 2\nevent: tick\ndata: {\"tick\":2}\n\n"))
    }

    @Test("Last-Event-ID reaches the origin, so a stream goes on where it stopped")
    func lastEventID() throws {
        let pair = try OriginAndProxy()
        let answer = try pair.proxy.request(
            "GET", "/sse?count=1", fields: [Self.accept, "Last-Event-ID: 99"])
        #expect(answer.text == "id: 100\nevent: tick\ndata: {\"tick\":100}\n\n")
    }

    @Test("A client that leaves closes the stream at the origin", arguments: [true, false])
    func clientLeaves(resets: Bool) throws {
        let pair = try OriginAndProxy()
        let connection = try pair.proxy.connect()
        try connection.send(TestConnection.head("GET", "/sse", fields: [Self.accept]))
        _ = try connection.readHead()
        if resets { connection.reset() } else { connection.end() }
        try Deadline.poll("the origin has no connection left") {
            try pair.origin.openConnectionCount() == 0
        }
    }

    @Test("An origin that ends the stream ends the client's")
    func originEnds() throws {
        let backend = try ScriptedBackend { peer in
            _ = try peer.readHead()
            try peer.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: 1\n\n")
        }
        let proxy = try ProxyUnderTest(ProxyUnderTest.everything(to: backend.port))
        let answer = try proxy.request("GET", "/", fields: [Self.accept])
        #expect(answer.text == "data: 1\n\n")
    }

    @Test("A backend that cannot be had is an honest 502")
    func noBackend() throws {
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(to: try ScriptedBackend.refusingPort()))
        #expect(try proxy.request("GET", "/sse", fields: [Self.accept]).status == 502)
    }
}

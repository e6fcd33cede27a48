import TestSupport
import Testing

@Suite("The origin")
struct OriginTests {
    @Test("It says where it listens and ends with 0 on SIGTERM")
    func lifecycle() throws {
        let origin = try TestOrigin()
        #expect(origin.program.lines.count == 1)
        origin.program.send(15)
        #expect(try origin.program.exit() == .code(0))
    }

    @Test(
        "Bodies come with a length, in chunks and until the end",
        arguments: [
            ("/bytes/100", 100), ("/chunked/10", 80), ("/close/100000", 100_000), ("/bytes/0", 0),
            ("/drip/3/1", 24),
        ])
    func bodies(path: String, byteCount: Int) throws {
        let origin = try TestOrigin()
        let answer = try TestConnection(port: origin.port).request("GET", path)
        #expect(answer.status == 200)
        #expect(answer.body.count == byteCount)
    }

    @Test("Pipelined requests are answered in order on one connection")
    func pipelining() throws {
        let origin = try TestOrigin()
        let connection = try TestConnection(port: origin.port)
        let requests = (0..<50).map { TestConnection.head("GET", "/echo?\($0)") }.joined()
        try connection.send(requests)
        for number in 0..<50 {
            #expect(try connection.readAnswer().text.contains("\"target\":\"/echo?\(number)\""))
        }
    }

    @Test(
        "What no proxy should forward is refused",
        arguments: [
            "GET / HTTP/1.1\nHost: a\n\n",
            "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nX : b\r\n\r\n",
            "GET / HTTP/1.1\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
        ])
    func strictness(request: String) throws {
        let origin = try TestOrigin()
        let connection = try TestConnection(port: origin.port)
        try connection.send(request)
        #expect(try connection.readAnswer().status == 400)
        #expect(try connection.isAtEnd())
    }

    @Test("A WebSocket echoes messages, answers pings and closes")
    func webSocket() throws {
        let origin = try TestOrigin()
        let connection = try TestConnection(port: origin.port)
        let answer = try connection.upgrade("/ws/echo", fields: ["Sec-WebSocket-Protocol: a, b"])
        #expect(answer.status == 101)
        #expect(answer.value("Sec-WebSocket-Accept") == TestConnection.webSocketAccept)
        #expect(answer.value("Sec-WebSocket-Protocol") == "a")
        try connection.sendFrame(1, "hello")
        try connection.sendFrame(9, "p")
        try connection.send(bytes: TestConnection.frame(8, [0x03, 0xe8]))
        #expect(try connection.readFrame() == (1, Array("hello".utf8)))
        #expect(try connection.readFrame() == (10, Array("p".utf8)))
        #expect(try connection.readFrame() == (8, [0x03, 0xe8]))
        #expect(try connection.isAtEnd())
    }

    @Test(
        "Frames that no client may send are answered with 1002",
        arguments: [
            [0x81, 0x01, 0x61],
            [0x83, 0x80, 0, 0, 0, 0],
            [0x80, 0x80, 0, 0, 0, 0],
            [0x09, 0x80, 0, 0, 0, 0],
            [0xc1, 0x80, 0, 0, 0, 0],
            [0x81, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0],
        ] as [[UInt8]])
    func violations(frame: [UInt8]) throws {
        let origin = try TestOrigin()
        let connection = try TestConnection(port: origin.port)
        #expect(try connection.upgrade("/ws").status == 101)
        try connection.send(bytes: frame)
        #expect(try connection.readFrame() == (8, [0x03, 0xea]))
    }

    @Test("Ticks go on behind Last-Event-ID")
    func ticks() throws {
        let origin = try TestOrigin(tickMilliseconds: 1)
        let connection = try TestConnection(port: origin.port)
        let answer = try connection.request("GET", "/sse?count=2", fields: ["Last-Event-ID: 41"])
        #expect(
            answer.text
                == "id: 42\nevent: tick\ndata: {\"tick\":42}\n\n"
                + "id: 43\nevent: tick\ndata: {\"tick\":43}\n\n"
        )
    }

    @Test("Connections that end in every way leave nothing open")
    func noLeak() throws {
        let origin = try TestOrigin()
        for path in ["/fault/hang", "/sse", "/bytes/1000000000", "/slow/600000", "/fault/reset"] {
            let connection = try TestConnection(port: origin.port)
            try connection.send(TestConnection.head("GET", path))
            connection.reset()
        }
        try Deadline.poll("the origin has closed all connections") {
            try origin.openConnectionCount() == 0
        }
    }
}

import TestSupport
import Testing

@Suite("Bad input of a client")
struct ClientFaultTests {
    private static let malformed: [(name: String, request: String)] = [
        ("bare line feeds", "GET / HTTP/1.1\nHost: a\n\n"),
        ("a bare line feed in the head", "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n"),
        ("a bare carriage return", "GET / HTTP/1.1\r\nHost: a\r\nX: b\rc\r\n\r\n"),
        ("a space before the colon", "GET / HTTP/1.1\r\nHost: a\r\nX : b\r\n\r\n"),
        ("a folded field", "GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n c\r\n\r\n"),
        (
            "length beside chunks",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        ),
        (
            "chunks beside length",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
                + "Content-Length: 5\r\n\r\n0\r\n\r\n"
        ),
        (
            "a coding after chunked",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"
        ),
        (
            "chunked twice",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"
        ),
        (
            "two lengths",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"
        ),
        ("a signed length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\na"),
        ("a length with letters", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1a\r\n\r\na"),
        (
            "a length beyond 64 bits",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 18446744073709551617\r\n\r\na"
        ),
        ("a zero byte in a value", "GET / HTTP/1.1\r\nHost: a\r\nX: b\0c\r\n\r\n"),
        ("a control byte in a value", "GET / HTTP/1.1\r\nHost: a\r\nX: b\u{1}c\r\n\r\n"),
        ("a control byte in the target", "GET /\u{1} HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("no host", "GET / HTTP/1.1\r\nX: b\r\n\r\n"),
        ("two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"),
        ("a target that disagrees with Host", "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("two spaces", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("no version", "GET /\r\nHost: a\r\n\r\n"),
        ("an empty field name", "GET / HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n"),
        ("a field without a colon", "GET / HTTP/1.1\r\nHost: a\r\nnothing\r\n\r\n"),
        ("a method that is no token", "GE(T / HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("a TLS hello", "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\r\n\r\n"),
    ]

    @Test("A malformed head is answered with 400 and the end of the connection")
    func malformedHeads() throws {
        let pair = try OriginAndProxy()
        for (name, request) in Self.malformed {
            let connection = try pair.proxy.connect()
            try connection.send(request)
            #expect(try connection.readAnswer().status == 400, "\(name)")
            #expect(try connection.isAtEnd(), "\(name)")
        }
        #expect(try pair.origin.openConnectionCount() == 0)
        #expect(try pair.proxy.request("GET", "/bytes/1").text == "a")
    }

    @Test("The answer to a HEAD that is refused has no content")
    func refusedHead() throws {
        let pair = try OriginAndProxy(
            top: """
                advanced:
                  security: {max_header_bytes: 8KiB, max_url_bytes: 2KiB}
                """)
        let long = String(repeating: "x", count: 9000)
        let refused = [
            ("HEAD / HTTP/1.1\r\nX: b\r\n\r\n", 400),
            ("\r\nHEAD / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400),
            ("HEAD / HTTP/1.1\r\nHost: a\r\nnothing\r\n\r\n", 400),
            ("HEAD /\(long) HTTP/1.1\r\nHost: a\r\n\r\n", 414),
            ("HEAD / HTTP/1.1\r\nHost: a\r\nX: \(long)\r\n\r\n", 431),
            ("HEAD / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 501),
            ("HEAD / HTTP/2.0\r\nHost: a\r\n\r\n", 505),
        ]
        func check(_ proxy: ProxyUnderTest, _ request: String, _ status: Int) throws {
            let connection = try proxy.connect()
            try connection.send(request)
            #expect(try connection.readAnswer(toHead: true).status == status)
            #expect(try connection.isAtEnd(), "\(status)")
        }
        for (request, status) in refused { try check(pair.proxy, request, status) }
        let impatient = try OriginAndProxy(top: "advanced: {timeout: {header_timeout: 1s}}")
        try check(impatient.proxy, "HEAD / HTTP/1.1\r\nHost:", 408)
        let held = try pair.proxy.connect()
        try held.send(
            TestConnection.head("GET", "/bytes/1") + "HEAD / HTTP/2.0\r\nHost: a\r\n\r\n")
        #expect(try held.readAnswer().text == "a")
        #expect(try held.readAnswer(toHead: true).status == 505)
        #expect(try held.isAtEnd())
    }

    @Test(
        "Chunks that are none end the exchange, and nothing of them is a request",
        arguments: [
            "xyz\r\n", "-5\r\n", "+5\r\n", "0x5\r\nhello\r\n", "5\r\nhelloworld\r\n0\r\n\r\n",
            "5\nhello\n0\n\n", "ffffffffffffffffff\r\n", "5 \r\nhello\r\n", ";\r\n",
        ])
    func badChunks(chunks: String) throws {
        let pair = try OriginAndProxy()
        let connection = try pair.proxy.connect()
        try connection.send(
            TestConnection.head("POST", "/echo", fields: ["Transfer-Encoding: chunked"])
                + chunks + TestConnection.head("GET", "/smuggled"))
        #expect(try connection.readAnswer().status == 400)
        #expect(try connection.isAtEnd())
        #expect(!pair.proxy.program.text(.output).contains("/smuggled"))
    }

    @Test("What is too long is named by its status")
    func limits() throws {
        let pair = try OriginAndProxy(
            top:
                "advanced:\n  security:\n"
                + "    {max_header_bytes: 8KiB, max_body_bytes: 1KiB, max_url_bytes: 2KiB}"
        )
        let long = String(repeating: "x", count: 3000)
        #expect(try pair.proxy.request("GET", "/\(long)").status == 414)
        let fields = (0..<4).map { "X-\($0): \(long)" }
        #expect(try pair.proxy.request("GET", "/", fields: fields).status == 431)
        #expect(try pair.proxy.request("POST", "/echo", body: long).status == 413)
        #expect(try pair.proxy.request("POST", "/echo", body: "short").status == 200)
    }

    @Test("Content that is too large is counted, whether it was announced or not")
    func countedContent() throws {
        let origin = try TestOrigin()
        let admin = try AdminUnderTest(
            ProxyUnderTest.everything(
                to: origin.port, top: "advanced: {security: {max_body_bytes: 10}}"),
            options: ["--workers", "1"])
        for fields in ["Content-Length: 11\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\nB\r\n"] {
            let connection = try admin.proxy.connect()
            try connection.send("POST /echo HTTP/1.1\r\nHost: a.test\r\n\(fields)hello world")
            #expect(try connection.readAnswer().status == 413)
        }
        try admin.awaitSample("wsproxy_limit_hits_total{limit=\"body_bytes\"}", 2)
    }

    @Test(
        "What is not served is refused in the client's form, and the log says who asked for what",
        arguments: [
            ("POST /echo HTTP/1.1\r\nContent-Length: 20\r\n", 413, "POST", "/echo"),
            ("GET /echo HTTP/1.1\r\nExpect: more\r\n", 417, "GET", "/echo"),
            ("TRACE /echo HTTP/1.1\r\n", 501, "TRACE", "/echo"),
            ("CONNECT a.test:443 HTTP/1.1\r\n", 501, "CONNECT", "a.test:443"),
        ])
    func unserved(start: String, status: Int, method: String, path: String) throws {
        let pair = try OriginAndProxy(top: "advanced: {security: {max_body_bytes: 10}}")
        let connection = try pair.proxy.connect()
        let fields =
            "Host: a.test\r\nAccept: application/json\r\nX-Request-Id: who-\(status)\r\n\r\n"
        // What follows may be content or a tunnel: no request is read in it.
        try connection.send(start + fields + "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n")
        let answer = try connection.readAnswer()
        #expect(answer.status == status)
        #expect(answer.text.hasPrefix("{"))
        #expect(try connection.isAtEnd())
        let line = try pair.proxy.accessLine(path)
        let parts = [
            "\"method\":\"\(method)\"", "\"host\":\"a.test\"", "\"status\":\(status)",
            "who-\(status)",
        ]
        for part in parts { #expect(line.contains(part), "\(line)") }
        #expect(!pair.proxy.program.text(.output).contains("/smuggled"))
    }

    @Test("The line about a head that can't be read says how much of it came")
    func refusedHeadLine() throws {
        let pair = try OriginAndProxy(top: "advanced: {timeout: {header_timeout: 1s}}")
        let bad = "GE(T / HTTP/1.1\r\nHost: a\r\n\r\n"
        for (request, status) in [(bad, 400), ("GET / HTTP/1.1\r\nHost:", 408)] {
            let connection = try pair.proxy.connect()
            try connection.send(request)
            #expect(try connection.readAnswer().status == status)
            let line = try pair.proxy.program.line(containing: "\"status\":\(status),")
            #expect(line.contains("\"bytes_in\":\(request.utf8.count),"))
        }
    }

    @Test("A head that does not come to its end is a 408 after the header timeout")
    func slowHead() throws {
        let pair = try OriginAndProxy(top: "advanced: {timeout: {header_timeout: 1s}}")
        let connection = try pair.proxy.connect()
        try connection.send("GET / HTTP/1.1\r\nHost:")
        #expect(try connection.readAnswer().status == 408)
        #expect(try connection.isAtEnd())
    }

    @Test("A content that comes as a trickle is a 408, long before the read timeout")
    func slowContent() throws {
        let pair = try OriginAndProxy(top: "advanced: {timeout: {header_timeout: 1s}}")
        let connection = try pair.proxy.connect()
        try connection.send(
            TestConnection.head("POST", "/echo", fields: ["Content-Length: 100000"]) + "some")
        #expect(try connection.readAnswer().status == 408)
        #expect(try connection.isAtEnd())
        #expect(try pair.proxy.accessLine("/echo").contains("client sent too slowly"))
        try Deadline.poll("the origin has no connection left") {
            try pair.origin.openConnectionCount() == 0
        }
    }

    @Test("An idle connection ends after the idle timeout, without a word")
    func idle() throws {
        let pair = try OriginAndProxy(top: "advanced: {timeout: {idle_timeout: 150ms}}")
        let connection = try pair.proxy.connect()
        #expect(try connection.request("GET", "/bytes/1").text == "a")
        #expect(try connection.isAtEnd())
    }

    @Test(
        "A client that vanishes in the middle closes the origin's side",
        arguments: [
            "/bytes/1000000000", "/drip/100000/10", "/slow/600000", "/fault/hang",
        ])
    func vanishing(path: String) throws {
        let pair = try OriginAndProxy()
        for resets in [true, false] {
            let connection = try pair.proxy.connect()
            try connection.send(TestConnection.head("GET", path))
            if path.hasPrefix("/bytes") || path.hasPrefix("/drip") { _ = try connection.readHead() }
            if resets { connection.reset() } else { connection.end() }
        }
        // Less than the time after which the origin would answer, or the proxy lose patience.
        try Deadline.poll("the origin has no connection left", seconds: 30) {
            try pair.origin.openConnectionCount() == 0
        }
        #expect(try pair.proxy.request("GET", "/bytes/1").text == "a")
    }

    @Test("A client that vanishes in the middle of its body closes the origin's side")
    func vanishingInBody() throws {
        let pair = try OriginAndProxy()
        let connection = try pair.proxy.connect()
        try connection.send(
            TestConnection.head("POST", "/echo", fields: ["Content-Length: 1000"]) + "some of it")
        try Deadline.poll("the origin has the request") {
            try pair.origin.openConnectionCount() == 1
        }
        connection.reset()
        try Deadline.poll("the origin has no connection left") {
            try pair.origin.openConnectionCount() == 0
        }
        #expect(try pair.proxy.accessLine("/echo").contains("\"fault\":\"client\""))
    }

    /// Goal: no way of ending a connection leaves anything behind.
    /// Method: ten thousand connections, each broken off at a place drawn from a fixed seed.
    @Test("Ten thousand connections opened and dropped at random leave the process as it was")
    func manyConnections() throws {
        let pair = try OriginAndProxy()
        #expect(
            try pair.proxy.request("GET", "/bytes/1", fields: ["Connection: close"]).text == "a")
        let before = try pair.proxy.program.descriptorCount()
        var random = SeededGenerator(seed: 20_260_101)
        let upgrade = TestConnection.head("GET", "/ws", fields: TestConnection.upgradeFields)
        let scripts = [
            "", "GET", TestConnection.head("GET", "/bytes/100"),
            TestConnection.head("GET", "/fault/reset"), upgrade,
            upgrade + String(decoding: TestConnection.frame(1, [97]), as: UTF8.self),
            TestConnection.head("POST", "/echo", fields: ["Content-Length: 100"]) + "part",
            TestConnection.head("GET", "/sse", fields: ["Accept: text/event-stream"]),
            "\0\0\0\0\r\n\r\n",
        ]
        var open: [TestConnection] = []
        for _ in 0..<10_000 {
            let connection = try pair.proxy.connect()
            let script = Array(random.one(of: scripts).utf8)
            // The proxy may already have refused and closed; that is one of the ways to end.
            try? connection.send(bytes: Array(script.prefix(random.number(0...script.count))))
            if random.once(in: 4) { try? connection.send(bytes: script) }
            open.append(connection)
            if open.count == 100 {
                for connection in open where random.once(in: 2) { connection.reset() }
                open.removeAll()
            }
        }
        open.removeAll()
        try Deadline.poll("only pooled connections are left at the origin") {
            try pair.origin.openConnectionCount() <= 128
        }
        #expect(
            try pair.proxy.request("GET", "/bytes/3", fields: ["Connection: close"]).text == "abc")
        try pair.proxy.awaitDescriptorCount(before + 128)
        #expect(try pair.proxy.terminate() == .code(0))
        try Deadline.poll("the origin has no connection left") {
            try pair.origin.openConnectionCount() == 0
        }
    }
}

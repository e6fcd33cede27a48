import TestSupport
import Testing

@Suite("Forwarding HTTP")
struct ForwardingTests {
    @Test("Methods, targets and fields reach the origin as they were")
    func requestAsItWas() throws {
        let pair = try OriginAndProxy()
        let answer = try pair.proxy.request(
            "DELETE", "/echo/a%20b?x=1&y=%2F", fields: ["Host: www.example.com", "X-Custom: a, b"])
        let echoed = try EchoedRequest(answer)
        #expect(echoed.method == "DELETE")
        #expect(echoed.target == "/echo/a%20b?x=1&y=%2F")
        #expect(echoed.values("Host") == ["www.example.com"])
        #expect(echoed.values("X-Custom") == ["a, b"])
        #expect(echoed.version == "HTTP/1.1")
    }

    @Test("Fields about the client's connection stop here, and those that it names")
    func hopByHop() throws {
        let pair = try OriginAndProxy()
        let answer = try pair.proxy.request(
            "GET", "/echo",
            fields: [
                "Connection: keep-alive, X-Private", "Keep-Alive: timeout=5", "X-Private: 1",
                "Proxy-Connection: keep-alive", "TE: trailers", "X-Kept: 1",
            ])
        let echoed = try EchoedRequest(answer)
        for name in ["Keep-Alive", "X-Private", "Proxy-Connection"] {
            #expect(echoed.values(name) == [], "\(name)")
        }
        #expect(echoed.values("X-Kept") == ["1"])
    }

    @Test("The origin learns who asked and how, and a client cannot lie about it")
    func forwardedFields() throws {
        let pair = try OriginAndProxy()
        let answer = try pair.proxy.request(
            "GET", "/echo",
            fields: [
                "Host: www.example.com", "X-Forwarded-For: 10.9.9.9", "X-Forwarded-Proto: https",
                "X-Forwarded-Host: evil.example",
            ])
        let echoed = try EchoedRequest(answer)
        #expect(echoed.values("X-Forwarded-For") == ["127.0.0.1"])
        #expect(echoed.values("X-Forwarded-Proto") == ["http"])
        #expect(echoed.values("X-Forwarded-Host") == ["www.example.com"])
        #expect(echoed.values("X-Request-Id").count == 1)
        #expect(echoed.values("Via") == ["1.1 wsproxy"])
        let earlier = try EchoedRequest(
            pair.proxy.request("GET", "/echo", fields: ["Via: 1.0 cache"]))
        #expect(earlier.values("Via") == ["1.0 cache", "1.1 wsproxy"])
    }

    @Test("OPTIONS that may not be passed on any more is answered here")
    func maxForwards() throws {
        let pair = try OriginAndProxy()
        let own = try pair.proxy.request("OPTIONS", "/echo", fields: ["Max-Forwards: 0"])
        #expect(own.status == 204)
        #expect(own.value("Allow") != nil)
        let echoed = try EchoedRequest(
            pair.proxy.request("OPTIONS", "/echo", fields: ["Max-Forwards: 7"]))
        #expect(echoed.values("Max-Forwards") == ["6"])
    }

    @Test("OPTIONS that asks the server as a whole is answered here")
    func serverOptions() throws {
        let pair = try OriginAndProxy()
        let connection = try pair.proxy.connect()
        for target in ["*", "http://test.example"] {
            let answer = try connection.request("OPTIONS", target)
            #expect(answer.status == 204)
            #expect(answer.value("Allow") != nil)
        }
        let echoed = try EchoedRequest(connection.request("OPTIONS", "http://test.example/echo"))
        #expect(echoed.method == "OPTIONS")
    }

    @Test("Answers that are made here say when")
    func date() throws {
        let pair = try OriginAndProxy()
        let connection = try pair.proxy.connect()
        for request in ["OPTIONS *", "TRACE /"] {
            let parts = request.split(separator: " ").map(String.init)
            let answer = try connection.request(parts[0], parts[1])
            let date = try #require(answer.value("Date"))
            #expect(date.hasSuffix(" GMT"))
            #expect(date.utf8.count == 29)
        }
    }

    @Test("The client that a trusted proxy names is the one that routes see; its fields are kept")
    func trustedProxy() throws {
        let origin = try TestOrigin()
        let proxy = try ProxyUnderTest(
            """
            advanced: {security: {trusted_proxies: [127.0.0.0/8]}}
            services: {origin: {url: "http://127.0.0.1:\(origin.port)"}}
            route_rules:
              - {pattern: /*, match: {client_ip: [192.0.2.0/24]}, respond: {status: 200, body: far}}
              - {pattern: /*, target: origin}
            """)
        let list = ["X-Forwarded-For: 1.1.1.1, 192.0.2.7", "X-Forwarded-For: 127.0.0.9"]
        #expect(try proxy.request("GET", "/echo", fields: list).text == "far")
        let fields = [
            "X-Forwarded-For: 203.0.113.1", "X-Forwarded-Proto: https",
            "Forwarded: for=203.0.113.1", "X-Request-Id: abc",
        ]
        let echoed = try EchoedRequest(proxy.request("GET", "/echo", fields: fields))
        #expect(echoed.values("X-Forwarded-For") == ["203.0.113.1, 127.0.0.1"])
        #expect(echoed.values("X-Forwarded-Proto") == ["https"])
        #expect(echoed.values("Forwarded")[0].hasPrefix("for=203.0.113.1, for=127.0.0.1;"))
        #expect(echoed.values("X-Request-Id") == ["abc"])
    }

    @Test(
        "Answers of every framing arrive whole",
        arguments: [
            ("/bytes/1000", 1000), ("/bytes/0", 0), ("/chunked/100", 890), ("/close/50000", 50_000),
            ("/bytes/20000000", 20_000_000),
        ])
    func answerFraming(path: String, byteCount: Int) throws {
        let pair = try OriginAndProxy()
        let direct = try TestConnection(port: pair.origin.port).request("GET", path)
        let answer = try pair.proxy.request("GET", path)
        #expect(answer.status == 200)
        #expect(answer.body.count == byteCount)
        #expect(answer.body == direct.body)
    }

    @Test(
        "Bodies of every framing reach the origin whole", arguments: [1, 1000, 300_000, 5_000_000])
    func requestBody(byteCount: Int) throws {
        let pair = try OriginAndProxy()
        let body = String(repeating: "0123456789", count: byteCount / 10 + 1).prefix(byteCount)
        let direct = try EchoedRequest(
            TestConnection(port: pair.origin.port).request("POST", "/echo", body: String(body)))
        let connection = try pair.proxy.connect()

        let sized = try EchoedRequest(connection.request("POST", "/echo", body: String(body)))
        #expect(sized.bodyByteCount == byteCount)
        #expect(sized.bodyDigest == direct.bodyDigest)

        try connection.send(
            TestConnection.head("POST", "/echo", fields: ["Transfer-Encoding: chunked"]))
        var rest = body
        while !rest.isEmpty {
            let chunk = rest.prefix(70_000)
            try connection.send("\(String(chunk.count, radix: 16))\r\n\(chunk)\r\n")
            rest = rest.dropFirst(chunk.count)
        }
        try connection.send("0\r\n\r\n")
        let chunked = try EchoedRequest(connection.readAnswer())
        #expect(chunked.bodyDigest == direct.bodyDigest)
    }

    @Test("HEAD and answers without a body leave the connection in step")
    func noBody() throws {
        let pair = try OriginAndProxy()
        let connection = try pair.proxy.connect()
        let head = try connection.request("HEAD", "/bytes/1000")
        #expect(head.value("Content-Length") == "1000")
        #expect(try connection.request("HEAD", "/chunked/5").status == 200)
        #expect(try connection.request("GET", "/status/204").status == 204)
        #expect(try connection.request("GET", "/status/304").status == 304)
        #expect(try connection.request("GET", "/status/404").text == "status 404\n")
        #expect(try connection.request("GET", "/bytes/26").text == "abcdefghijklmnopqrstuvwxyz")
    }

    @Test("Pipelined requests are answered in order")
    func pipelining() throws {
        let pair = try OriginAndProxy()
        let connection = try pair.proxy.connect()
        try connection.send((0..<40).map { TestConnection.head("GET", "/echo?n=\($0)") }.joined())
        for number in 0..<40 {
            #expect(try EchoedRequest(connection.readAnswer()).target == "/echo?n=\(number)")
        }
    }

    @Test("Connections to the origin are used again")
    func pool() throws {
        let pair = try OriginAndProxy(options: ["--workers", "1"])
        let first = try EchoedRequest(pair.proxy.request("GET", "/echo"))
        let second = try EchoedRequest(pair.proxy.request("GET", "/echo"))
        #expect(first.connection == second.connection)
        #expect(second.requestOfConnection == 2)
    }

    @Test("A pooled connection that died meanwhile is not the client's problem")
    func deadPooledConnection() throws {
        let backend = try ScriptedBackend { peer in
            // One answer that promises to stay, and then the end.
            _ = try peer.readHead()
            try peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        }
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(to: backend.port), options: ["--workers", "1"])
        for _ in 0..<20 {
            #expect(try proxy.request("GET", "/").text == "ok")
        }
        #expect(backend.failures == [])
    }

    @Test("A client that waits for 100 gets it, and the body arrives")
    func continue100() throws {
        let pair = try OriginAndProxy()
        let connection = try pair.proxy.connect()
        try connection.send(
            TestConnection.head(
                "POST", "/echo", fields: ["Expect: 100-continue", "Content-Length: 5"]))
        #expect(try connection.readAnswer().status == 100)
        try connection.send("hello")
        #expect(try EchoedRequest(connection.readAnswer()).body == "hello")
    }

    @Test("An origin that refuses before the body is heard")
    func refusal() throws {
        let pair = try OriginAndProxy()
        let connection = try pair.proxy.connect()
        try connection.send(
            TestConnection.head(
                "POST", "/status/403", fields: ["Expect: 100-continue", "Content-Length: 5"]))
        var answer = try connection.readAnswer()
        // A proxy may send the 100 itself; the status must come all the same.
        if answer.status == 100 { answer = try connection.readAnswer() }
        #expect(answer.status == 403)
    }

    @Test("Early hints pass")
    func earlyHints() throws {
        let pair = try OriginAndProxy()
        let connection = try pair.proxy.connect()
        try connection.send(TestConnection.head("GET", "/hints"))
        let hints = try connection.readAnswer()
        #expect(hints.status == 103)
        #expect(hints.value("Link") == "</style.css>; rel=preload; as=style")
        #expect(try connection.readAnswer().text == "after the hints\n")
    }

    @Test("HTTP/1.0 is served, with and without keep-alive")
    func http10() throws {
        let pair = try OriginAndProxy()
        let plain = try pair.proxy.connect()
        try plain.send("GET /chunked/3 HTTP/1.0\r\nHost: a\r\n\r\n")
        let answer = try plain.readAnswer()
        #expect(answer.values("Transfer-Encoding") == [])
        #expect(answer.text == "chunk 0\nchunk 1\nchunk 2\n")
        #expect(try plain.isAtEnd())

        let kept = try pair.proxy.connect()
        for _ in 0..<2 {
            try kept.send("GET /bytes/3 HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n")
            #expect(try kept.readAnswer().text == "abc")
        }
    }

    @Test("A slow reader gets every byte, and the proxy holds back the origin")
    func backPressure() throws {
        let pair = try OriginAndProxy()
        let connection = try pair.proxy.connect()
        try connection.send(TestConnection.head("GET", "/bytes/200000000"))
        _ = try connection.readHead()
        // Nothing is read for as long as other requests take; then everything.
        for _ in 0..<20 { #expect(try pair.proxy.request("GET", "/bytes/1").text == "a") }
        let peakKilobytes = try pair.proxy.peakMemoryKilobytes()
        #expect(peakKilobytes < 100_000)
        var rest = 200_000_000
        while rest > 0 {
            let piece = min(rest, 1_000_000)
            #expect(try connection.read(byteCount: piece).count == piece)
            rest -= piece
        }
    }

    @Test("The access log names route, rule, upstream and status")
    func accessLog() throws {
        let pair = try OriginAndProxy()
        _ = try pair.proxy.request("GET", "/status/418")
        let line = try pair.proxy.accessLine("/status/418")
        for part in [
            "\"route\":\"everything\"", "\"status\":418", "config.yaml:",
            "127.0.0.1:\(pair.origin.port)",
        ] {
            #expect(line.contains(part), "\(part) in \(line)")
        }
    }
}

import TestSupport
import Testing

@Suite("Bad days of a backend")
struct BackendFaultTests {
    @Test(
        "An answer that cannot be trusted is a 502, and the log blames the upstream",
        arguments: [
            "close", "reset", "garbage", "close-in-head", "reset-in-head", "length-and-chunked",
            "two-lengths", "bad-length", "folded-field", "bare-line-feed", "huge-head",
            "wrong-version", "bad-status", "101-without-upgrade",
        ])
    func badHead(fault: String) throws {
        let pair = try OriginAndProxy()
        let connection = try pair.proxy.connect()
        _ = try connection.request("GET", "/bytes/1")
        let before = try pair.proxy.program.descriptorCount()
        let answer = try connection.request("GET", "/fault/\(fault)")
        #expect(answer.status == 502)
        let line = try pair.proxy.accessLine("/fault/\(fault)")
        #expect(line.contains("\"status\":502"))
        #expect(line.contains("\"fault\":\"upstream\""))
        try pair.proxy.awaitDescriptorCount(before)
        #expect(try pair.proxy.request("GET", "/bytes/3").text == "abc")
    }

    @Test(
        "An answer that breaks off in its body ends the client's connection",
        arguments: [
            "close-in-body", "reset-in-body", "close-in-chunk", "close-between-chunks",
            "bad-chunk-size", "bad-chunk-end",
        ])
    func badBody(fault: String) throws {
        let pair = try OriginAndProxy()
        let connection = try pair.proxy.connect()
        try connection.send(TestConnection.head("GET", "/fault/\(fault)"))
        // A fault that comes together with the head may be seen in time for a 502.
        #expect(throws: TestSupportError.self) {
            let answer = try connection.readAnswer()
            if answer.status == 502 { throw TestSupportError("refused in time") }
        }
        let line = try pair.proxy.accessLine("/fault/\(fault)")
        #expect(line.contains("\"fault\":\"upstream\""))
        #expect(try pair.proxy.request("GET", "/bytes/3").text == "abc")
        try Deadline.poll("the origin has no connection beyond the pool") {
            try pair.origin.openConnectionCount() <= 2
        }
    }

    @Test(
        "A backend that never answers is a 504 after the read timeout",
        arguments: [
            "hang", "hang-in-head",
        ])
    func silence(fault: String) throws {
        let pair = try OriginAndProxy(service: "read_timeout: 150ms")
        let answer = try pair.proxy.request("GET", "/fault/\(fault)")
        #expect(answer.status == 504)
        let line = try pair.proxy.accessLine("/fault/\(fault)")
        #expect(line.contains("\"fault\":\"upstream\""))
        try Deadline.poll("the origin has no connection left") {
            try pair.origin.openConnectionCount() == 0
        }
    }

    @Test("A body that stops coming ends after the read timeout")
    func silenceInBody() throws {
        let pair = try OriginAndProxy(service: "read_timeout: 2s")
        let connection = try pair.proxy.connect()
        try connection.send(TestConnection.head("GET", "/fault/hang-in-body"))
        #expect(try connection.readHead().first == "HTTP/1.1 200 OK")
        #expect(try connection.readToEnd() == Array("only this".utf8))
        try Deadline.poll("the origin has no connection left") {
            try pair.origin.openConnectionCount() == 0
        }
    }

    @Test(
        "The line counts all bytes that the client got: interim heads, the head of what broke",
        arguments: [
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcXX\r\n",
            String(repeating: "HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n", count: 3)
                + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok",
        ])
    func sentByteCount(answer: String) throws {
        let backend = try ScriptedBackend { peer in
            _ = try peer.readHead()
            try peer.send(answer)
        }
        let proxy = try ProxyUnderTest(ProxyUnderTest.everything(to: backend.port))
        let connection = try proxy.connect()
        try connection.send(TestConnection.head("GET", "/x", fields: ["Connection: close"]))
        let received = try connection.readToEnd()
        #expect(received.starts(with: "HTTP/1.1 ".utf8))
        #expect(try proxy.accessLine("/x").contains("\"bytes_out\":\(received.count),"))
    }

    @Test("A backend that refuses connections is a 502")
    func refused() throws {
        let port = try ScriptedBackend.refusingPort()
        let proxy = try ProxyUnderTest(ProxyUnderTest.everything(to: port))
        for _ in 0..<3 { #expect(try proxy.request("GET", "/x").status == 502) }
        let line = try proxy.accessLine("/x")
        #expect(line.contains("127.0.0.1:\(port)"))
        #expect(line.contains("\"fault\":\"upstream\""))
    }

    /// Method: names below `onion` are never asked for (RFC 7686, 2), so no name server is needed for the answer.
    @Test("A backend whose name does not exist is a 502, and the log names the service")
    func unknownName() throws {
        let proxy = try ProxyUnderTest(
            """
            services: {origin: {url: "http://no-such-host.onion:80", dial_timeout: 1h}}
            route_rules: [{pattern: /*, target: origin}]
            """)
        #expect(try proxy.request("GET", "/x").status == 502)
        let line = try proxy.accessLine("/x")
        #expect(line.contains("\"service\":\"origin\""))
        #expect(line.contains("\"fault\":\"upstream\""))
        #expect(line.contains("name does not resolve"))
        #expect(try proxy.program.line(containing: "name.failed").contains("no-such-host.onion"))
    }

    @Test("A backend that does not take the connection is a 504 after the dial timeout")
    func dialTimeout() throws {
        let stalled = try StalledPort()
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(to: stalled.port, service: "dial_timeout: 150ms"))
        #expect(try proxy.request("GET", "/x").status == 504)
        let line = try proxy.accessLine("/x")
        #expect(line.contains("\"fault\":\"upstream\""))
        #expect(line.contains("\"reason\":\"dial timeout\""))
    }

    /// Goal: who looks at a timeout learns whom to ask about it: the network, the backend's TLS, or the proxy on the
    /// way. Method: a backend that takes connections and says nothing stands in for each.
    @Test("A dial timeout says at what stage it was over")
    func dialStages() throws {
        let silent = try ScriptedBackend { peer in _ = try peer.readToEnd() }
        let opening = try ConnectProxy { _, peer in
            try ConnectProxy.open(peer)
            _ = try peer.readToEnd()
        }
        let admin = try AdminUnderTest(
            """
            services:
              tls: {url: "https://127.0.0.1:\(silent.port)", dial_timeout: 150ms}
              on-the-way:
                url: "http://127.0.0.1:81"
                upstream_proxy: "socks5://127.0.0.1:\(silent.port)"
                dial_timeout: 150ms
              behind-it:
                url: "https://127.0.0.1:81"
                upstream_proxy: "\(opening.url)"
                dial_timeout: 2s
              to-it:
                url: "http://127.0.0.1:81"
                upstream_proxy: "https://127.0.0.1:\(silent.port)"
                dial_timeout: 150ms
            route_rules:
              - {pattern: /tls, target: tls}
              - {pattern: /on-the-way, target: on-the-way}
              - {pattern: /behind-it, target: behind-it}
              - {pattern: /to-it, target: to-it}
            """)
        for (path, stage) in [
            ("/tls", "in the TLS handshake"), ("/behind-it", "in the TLS handshake"),
            ("/on-the-way", "at the proxy on the way"), ("/to-it", "at the proxy on the way"),
        ] {
            #expect(try admin.proxy.request("GET", path).status == 504, "\(path)")
            let line = try admin.proxy.accessLine(path)
            #expect(line.contains("\"reason\":\"dial timeout \(stage)\""), "\(line)")
        }
        try admin.awaitSample("wsproxy_dial_timeouts_total{stage=\"tls\"}", 2)
        try admin.awaitSample("wsproxy_dial_timeouts_total{stage=\"proxy\"}", 2)
        try admin.awaitSample("wsproxy_dial_timeouts_total{stage=\"connect\"}", 0)
    }

    @Test("An answer before the end of the request is passed on")
    func earlyAnswer() throws {
        let backend = try ScriptedBackend { peer in
            _ = try peer.readHead()
            try peer.send(
                "HTTP/1.1 413 Too Much\r\nContent-Length: 3\r\nConnection: close\r\n\r\nno\n")
            peer.endSending()
            _ = try peer.readToEnd()
        }
        let proxy = try ProxyUnderTest(ProxyUnderTest.everything(to: backend.port))
        let connection = try proxy.connect()
        try connection.send(
            TestConnection.head("POST", "/", fields: ["Content-Length: 100000000"]) + "start")
        #expect(try connection.readAnswer().status == 413)
    }

    @Test("What a backend sends after its answer is nobody's answer")
    func surplus() throws {
        let pair = try OriginAndProxy(options: ["--workers", "1"])
        let connection = try pair.proxy.connect()
        #expect(try connection.request("GET", "/fault/two-answers").text == "only")
        #expect(try connection.request("GET", "/bytes/3").text == "abc")
        #expect(try pair.proxy.request("GET", "/bytes/5").text == "abcde")
    }
}

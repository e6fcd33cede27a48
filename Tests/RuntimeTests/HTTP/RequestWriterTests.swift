import Runtime
import Testing

@Suite("Requests to the upstream")
struct RequestWriterTests {
    @Test("A request is written from its parts")
    func plain() {
        let rewritten = rewriteRequest(
            "GET /a?b HTTP/1.1\r\nHost: h:8080\r\nAccept:*/*\r\nX-Odd:\t1 \r\nX-Empty:\r\n\r\n",
            Forwarding(target: "/base/a?b"))
        #expect(
            rewritten == """
                GET /base/a?b HTTP/1.1\r
                Host: h:8080\r
                Accept: */*\r
                X-Odd: 1\r
                X-Empty: \r
                X-Forwarded-For: 192.0.2.7\r
                X-Forwarded-Proto: http\r
                X-Forwarded-Host: h:8080\r
                Forwarded: for=192.0.2.7;proto=http;host="h:8080"\r
                Via: 1.1 wsproxy\r
                X-Request-Id: made-here\r
                \r

                """)
    }

    @Test(
        "OPTIONS may be passed on once less by the next; for others the field means nothing",
        arguments: [
            ("OPTIONS", "2", "1"), ("OPTIONS", "1", "0"),
            ("OPTIONS", "99999999999999999999", "4294967294"), ("OPTIONS", "soon", nil),
            ("GET", "0", "0"), ("POST", "soon", "soon"),
        ] as [(String, String, String?)])
    func maxForwards(method: String, came: String, left: String?) throws {
        let rewritten = try #require(
            rewriteRequest("\(method) /a HTTP/1.1\r\nHost: h\r\nMax-Forwards: \(came)\r\n\r\n"))
        let lines = rewritten.split(separator: "\r\n").filter { $0.hasPrefix("Max-Forwards") }
        #expect(lines == (left.map { ["Max-Forwards: \($0)"] } ?? []))
    }

    @Test("What a guard has taken away or said in its place is not said beside it")
    func droppedMaxForwards() throws {
        let request = "OPTIONS /a HTTP/1.1\r\nHost: h\r\nMax-Forwards: 7\r\n\r\n"
        let removed = try #require(rewriteRequest(request, dropping: "Max-Forwards"))
        #expect(!removed.contains("Max-Forwards"))
        let replaced = try #require(
            rewriteRequest(
                request, Forwarding(additionalFields: "Max-Forwards: 3\r\n"),
                dropping: "Max-Forwards"))
        let lines = replaced.split(separator: "\r\n").filter { $0.hasPrefix("Max-Forwards") }
        #expect(lines == ["Max-Forwards: 3"])
    }

    @Test(
        "Fields that end at this hop are left out",
        arguments: [
            "Connection: keep-alive", "Keep-Alive: timeout=5", "Proxy-Connection: keep-alive",
            "Proxy-Authorization: Basic eDp5", "Proxy-Authenticate: Basic", "TE: trailers, gzip",
            "Trailer: X-Sum", "Upgrade: h2c", "HTTP2-Settings: AAMAAABk", "X-Hop: 1", "x-hop: 2",
            "X-Forwarded-For: 10.0.0.1", "X-Forwarded-Proto: gopher", "X-Forwarded-Host: evil",
            "X-Forwarded-Port: 1", "X-Forwarded-Prefix: /evil", "X-Real-IP: 10.0.0.1",
            "Forwarded: for=10.0.0.1", "X-Request-Id: not valid", "Expect: 100-continue",
        ])
    func dropped(field: String) throws {
        let rewritten = try #require(
            rewriteRequest(
                "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nA: b\r\n\(field)\r\n"
                    + "Connection: X-Hop\r\nC: d\r\n\r\n"))
        #expect(!rewritten.contains(field))
        #expect(rewritten.contains("\r\nA: b\r\nC: d\r\n"))
        #expect(rewritten.contains("\r\nContent-Length: 2\r\n"))
    }

    @Test(
        "End-to-end fields are passed on as they came",
        arguments: [
            "Authorization: Bearer x", "Cookie: a=b; c=d", "Origin: https://h", "Last-Event-ID: 7",
            "Accept: text/event-stream", "Content-Type: text/plain", "Via: 1.1 other",
            "Range: bytes=0-1",
            "Host-Name: h", "Sec-WebSocket-Foo: bar", "X_Custom_Field: kept", "Date: today",
        ])
    func passed(field: String) throws {
        let rewritten = try #require(
            rewriteRequest("GET / HTTP/1.1\r\nHost: h\r\n\(field)\r\n\r\n"))
        #expect(rewritten.contains("\r\n\(field)\r\n"))
    }

    @Test(
        "Framing is stated anew, once",
        arguments: [
            ("POST", "content-LENGTH: 0042", "Content-Length: 42"),
            ("POST", "Content-Length: 0", "Content-Length: 0"),
            ("PUT", "transfer-encoding: CHUNKED", "Transfer-Encoding: chunked"),
        ])
    func framing(method: String, field: String, expected: String) throws {
        let rewritten = try #require(
            rewriteRequest("\(method) / HTTP/1.1\r\nHost: h\r\n\(field)\r\n\r\n"))
        let lines = rewritten.split(separator: "\r\n").filter {
            $0.lowercased().hasPrefix("content-length") || $0.lowercased().hasPrefix("transfer-")
        }
        #expect(lines == [Substring(expected)])
    }

    @Test(
        "Naming a framing field in Connection does not unframe the content",
        arguments: [
            ("Content-Length: 5", "content-length", RequestFraming.length(5)),
            ("Transfer-Encoding: chunked", "Transfer-Encoding", .chunked),
            ("Content-Length: 5", "host, x-forwarded-for, forwarded", .length(5)),
        ])
    func nominatedFraming(field: String, option: String, expected: RequestFraming) throws {
        let rewritten = try #require(
            rewriteRequest(
                "POST / HTTP/1.1\r\nHost: h\r\n\(field)\r\nConnection: \(option)\r\n\r\n"))
        let head = try #require(parseRequest(rewritten).head)
        #expect(head.framing == expected)
        #expect(rewritten.contains("\r\nHost: h\r\n"))
        #expect(rewritten.contains("\r\nX-Forwarded-For: 192.0.2.7\r\n"))
        #expect(rewritten.contains("\r\nForwarded: for=192.0.2.7;"))
    }

    @Test("A WebSocket handshake is passed on whole")
    func webSocket() throws {
        let rewritten = try #require(
            rewriteRequest(
                "GET /chat HTTP/1.1\r\nHost: h\r\nupgrade: h2c, WebSocket\r\n"
                    + "Connection: keep-alive, Upgrade, X-Hop\r\nX-Hop: 1\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Protocol: a, b\r\nOrigin: http://h\r\n"
                    + "Sec-WebSocket-Extensions: permessage-deflate\r\nContent-Length: 0\r\n\r\n",
                Forwarding(target: "/chat", scheme: .https)))
        #expect(parseRequest(rewritten).head?.upgrade == .webSocket)
        let lines = rewritten.split(separator: "\r\n").map(String.init)
        #expect(
            lines.prefix(9) == [
                "GET /chat HTTP/1.1", "Host: h", "Connection: Upgrade", "Upgrade: websocket",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Protocol: a, b", "Origin: http://h",
                "Sec-WebSocket-Extensions: permessage-deflate",
            ])
        #expect(lines.contains("X-Forwarded-Proto: https"))
    }

    @Test("A trusted client's word is kept and added to")
    func trusted() throws {
        let request =
            "GET / HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 10.0.0.1\r\n"
            + "X-Forwarded-For: 10.0.0.2, 10.0.0.3\r\n"
            + "X-Forwarded-Proto: https\r\nX-Forwarded-Host: public\r\nX-Forwarded-Port: 443\r\n"
            + "Forwarded: for=10.0.0.1;proto=https\r\n\r\n"
        let rewritten = try #require(rewriteRequest(request, Forwarding(options: .clientIsTrusted)))
        let fields = parseRequest(rewritten).fields
        #expect(
            fields.filter { !["Host", "Via", "X-Request-Id"].contains($0.name) } == [
                FieldText(name: "X-Forwarded-Proto", value: "https"),
                FieldText(name: "X-Forwarded-Host", value: "public"),
                FieldText(name: "X-Forwarded-Port", value: "443"),
                FieldText(
                    name: "X-Forwarded-For", value: "10.0.0.1, 10.0.0.2, 10.0.0.3, 192.0.2.7"),
                FieldText(
                    name: "Forwarded",
                    value: "for=10.0.0.1;proto=https, for=192.0.2.7;proto=http;host=\"h\""),
            ])
    }

    @Test("What a trusted client's Connection names is not kept")
    func trustedNomination() throws {
        let rewritten = try #require(
            rewriteRequest(
                "GET / HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 10.0.0.1\r\n"
                    + "X-Forwarded-Proto: https\r\n"
                    + "Connection: x-forwarded-for, x-forwarded-proto\r\n\r\n",
                Forwarding(options: .clientIsTrusted)))
        #expect(rewritten.contains("\r\nX-Forwarded-For: 192.0.2.7\r\nX-Forwarded-Proto: http\r\n"))
    }

    @Test("An IPv6 address is quoted where the grammar asks for it")
    func addresses() throws {
        let request = "GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n"
        let six = try #require(rewriteRequest(request, Forwarding(clientAddress: "2001:db8::7")))
        #expect(six.contains("\r\nX-Forwarded-For: 2001:db8::7\r\n"))
        #expect(
            six.contains("\r\nForwarded: for=\"[2001:db8::7]\";proto=http;host=\"[::1]:80\"\r\n"))
        let none = try #require(rewriteRequest(request, Forwarding(clientAddress: "")))
        #expect(none.contains("\r\nX-Forwarded-For: unknown\r\n"))
        #expect(none.contains("\r\nForwarded: for=unknown;"))
    }

    @Test("The host for the upstream can be another than the one forwarded")
    func hostOverride() throws {
        let rewritten = try #require(
            rewriteRequest(
                "GET / HTTP/1.1\r\nHost: public\r\n\r\n", Forwarding(hostOverride: "internal:8443"))
        )
        #expect(rewritten.contains("\r\nHost: internal:8443\r\n"))
        #expect(rewritten.contains("\r\nX-Forwarded-Host: public\r\n"))
        let old = try #require(
            rewriteRequest("GET / HTTP/1.0\r\n\r\n", Forwarding(hostOverride: "internal")))
        #expect(old.hasPrefix("GET / HTTP/1.1\r\nHost: internal\r\n"))
        #expect(!old.contains("X-Forwarded-Host"))
    }

    @Test("Expect is passed on only if this proxy does not answer it")
    func expect() throws {
        let request =
            "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nExpect: 100-continue\r\n\r\n"
        let passed = try #require(rewriteRequest(request, Forwarding(options: [])))
        #expect(passed.contains("\r\nExpect: 100-continue\r\n"))
        let answered = try #require(rewriteRequest(request))
        #expect(!answered.contains("Expect"))
    }

    @Test("A request identifier is kept or made, and fields can be added")
    func additions() throws {
        let kept = try #require(
            rewriteRequest("GET / HTTP/1.1\r\nHost: h\r\nX-Request-Id: theirs\r\n\r\n"))
        #expect(kept.contains("\r\nX-Request-Id: theirs\r\n"))
        #expect(!kept.contains("made-here"))
        let added = try #require(
            rewriteRequest(
                "GET / HTTP/1.1\r\nHost: h\r\n\r\n",
                Forwarding(additionalFields: "X-A: 1\r\nX-B: 2\r\n", options: .closesUpstream)))
        #expect(added.hasSuffix("\r\nX-Request-Id: made-here\r\nX-A: 1\r\nX-B: 2\r\n\r\n"))
        #expect(added.contains("\r\nConnection: close\r\n"))
    }

    @Test("A head that does not fit sets the overflow flag at every size")
    func overflow() throws {
        let request = "GET / HTTP/1.1\r\nHost: h\r\nA: b\r\n\r\n"
        let count = try #require(rewriteRequest(request)).utf8.count
        for capacity in 1..<count {
            #expect(rewriteRequest(request, Forwarding(capacity: capacity)) == nil)
        }
        #expect(rewriteRequest(request, Forwarding(capacity: count)) != nil)
    }
}

import RouteTable
import Runtime
import Testing

@Suite("Request heads")
struct RequestHeadParserTests {
    @Test("A plain request is taken apart")
    func plain() throws {
        let request =
            "GET /chat/lobby?v=2&w HTTP/1.1\r\nHost: example.com:8080\r\nAccept: */*\r\n\r\nrest"
        let bytes = Array(request.utf8)
        let parsed = parseRequest(bytes)
        let head = try #require(parsed.head)
        #expect(head.method == .get)
        #expect(text(head.methodRange, of: bytes) == "GET")
        #expect(text(head.target, of: bytes) == "/chat/lobby?v=2&w")
        #expect(text(head.path, of: bytes) == "/chat/lobby")
        #expect(text(head.query, of: bytes) == "v=2&w")
        #expect(head.hasQuery)
        #expect(text(head.host, of: bytes) == "example.com:8080")
        #expect(head.version == .http11)
        #expect(head.targetForm == .origin)
        #expect(head.framing == .none)
        #expect(head.keepAlive)
        #expect(head.upgrade == .none)
        #expect(head.requestProtocol == .http)
        #expect(head.byteCount == bytes.count - 4)
        #expect(
            parsed.fields == [
                FieldText(name: "Host", value: "example.com:8080"),
                FieldText(name: "Accept", value: "*/*"),
            ])
    }

    @Test("What a client says of its certificate is no field of the request")
    func clientCertificate() {
        let parsed = parseRequest(
            "GET / HTTP/1.1\r\nX-Client-Cert-Subject: CN=root\r\nHost: h\r\nx-client-cert-: x\r\n"
                + "X-Client-Certificate: kept\r\nX-CLIENT-CERT-VERIFY: SUCCESS\r\n\r\n")
        #expect(parsed.head != nil)
        #expect(
            parsed.fields == [
                FieldText(name: "Host", value: "h"),
                FieldText(name: "X-Client-Certificate", value: "kept"),
            ])
    }

    @Test("An empty query is a query, and only the first question mark begins it")
    func queries() throws {
        let empty = try #require(parseRequest("GET /a? HTTP/1.1\r\nHost: h\r\n\r\n").head)
        #expect(empty.hasQuery && empty.query.isEmpty)
        let none = try #require(parseRequest("GET /a HTTP/1.1\r\nHost: h\r\n\r\n").head)
        #expect(!none.hasQuery)
        let two = "GET /a?b?c HTTP/1.1\r\nHost: h\r\n\r\n"
        let head = try #require(parseRequest(two).head)
        #expect(text(head.query, of: Array(two.utf8)) == "b?c")
    }

    @Test(
        "Methods are known by their exact spelling",
        arguments: [
            ("GET", Method.get), ("HEAD", .head), ("POST", .post), ("PUT", .put),
            ("DELETE", .delete),
            ("OPTIONS", .options), ("PATCH", .patch), ("get", .other), ("PROPFIND", .other),
            ("M-SEARCH", .other), ("GETT", .other), ("!#$%&'*+-.^_`|~09", .other),
        ])
    func methods(token: String, expected: Method) {
        #expect(parseRequest("\(token) / HTTP/1.1\r\nHost: h\r\n\r\n").head?.method == expected)
    }

    @Test("Blanks around a value are not part of it, those within are")
    func blanks() throws {
        let parsed = parseRequest(
            "GET / HTTP/1.1\r\nHost:h\r\nA: \t one \t two \t \r\nEmpty:\r\nBlank: \t\r\n\r\n")
        #expect(
            parsed.fields == [
                FieldText(name: "Host", value: "h"),
                FieldText(name: "A", value: "one \t two"),
                FieldText(name: "Empty", value: ""),
                FieldText(name: "Blank", value: ""),
            ])
    }

    @Test("Bytes from 0x80 may stand in a value")
    func opaqueText() throws {
        let bytes =
            Array("GET / HTTP/1.1\r\nHost: h\r\nA: ".utf8) + (0x80...0xFF).map { UInt8($0) }
            + Array("\r\n\r\n".utf8)
        #expect(parseRequest(bytes).head?.byteCount == bytes.count)
    }

    @Test("Up to two empty lines before a request are skipped", arguments: 0...3)
    func leadingLines(count: Int) {
        let lines = String(repeating: "\r\n", count: count)
        let parsed = parseRequest(lines + "GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        if count <= 2 {
            #expect(parsed.head?.byteCount == 2 * count + 27)
        } else {
            #expect(parsed.fault == .tooManyLeadingLines)
        }
    }

    @Test(
        "A connection persists by the version's rule unless Connection says otherwise",
        arguments: [
            ("HTTP/1.1", "", true),
            ("HTTP/1.1", "Connection: close\r\n", false),
            ("HTTP/1.1", "Connection: Keep-Alive\r\n", true),
            ("HTTP/1.1", "Connection: keep-alive, CLOSE\r\n", false),
            ("HTTP/1.1", "Connection: foo\r\nConnection:,,close ,\r\n", false),
            ("HTTP/1.1", "Connection: closed\r\n", true),
            ("HTTP/1.0", "", false),
            ("HTTP/1.0", "Connection: keep-alive\r\n", true),
            ("HTTP/1.0", "Connection: keep-alive, close\r\n", false),
            ("HTTP/1.0", "Proxy-Connection: keep-alive\r\n", false),
        ])
    func persistence(version: String, fields: String, expected: Bool) {
        let parsed = parseRequest("GET / \(version)\r\nHost: h\r\n\(fields)\r\n")
        #expect(parsed.head?.keepAlive == expected)
    }

    @Test("HTTP/1.0 needs no Host")
    func oldWithoutHost() {
        let head = parseRequest("GET / HTTP/1.0\r\n\r\n").head
        #expect(head?.version == .http10)
        #expect(head?.host.isEmpty == true)
    }

    @Test(
        "Accept tells event streams and JSON",
        arguments: [
            ("text/event-stream", RequestProtocol.sse, false),
            ("TEXT/Event-Stream;q=0.9, */*", .sse, false),
            ("text/html, application/xhtml+xml, application/json ; q=0.1", .http, true),
            ("application/problem+json", .http, true),
            ("text/event-streams", .http, false),
            ("application/json;q=0, text/plain", .http, false),
            ("application/json;v=1 ; Q=0.000", .http, false),
            ("application/json;q=0.001", .http, true),
            ("application/json, text/event-stream;q=0.", .http, true),
            ("application/json;q=", .http, true),
            ("application/json;q=0, application/problem+json", .http, true),
            ("application/json;q=0.5, text/plain", .http, false),
            ("text/plain;q=0.5, application/json;q=0.51", .http, true),
            ("text/html, application/json;q=0.9", .http, true),
            ("text/html, application/json;q=0.7, */*;q=0.8", .http, false),
            ("application/json, text/plain, */*", .http, true),
            ("text/plain, application/json", .http, true),
            ("application/json, */*", .http, true),
            ("*/*", .http, false),
            ("text/*, application/*", .http, false),
            ("text/*;q=0.1, application/*;q=0.100", .http, false),
            ("text/plain;q=0, */*", .http, true),
            ("application/json;q=0, */*;q=0.1", .http, false),
            ("application/json;q=0, application/*", .http, false),
            ("text/plain;q=0.9999, application/json;q=0.999", .http, true),
            ("application/json;q=0.0001", .http, true),
            ("application/json;q=1.000, text/plain;q=0.9", .http, true),
            ("text/*, application/json;q=x", .http, true),
            ("application/json;q=00, text/plain;q=0.9", .http, true),
            ("application/json;q=1.5, text/plain;q=0.9", .http, true),
            ("application/json;q=0.2, text/plain;q=0.5, application/json;q=0.9", .http, true),
            ("APPLICATION/JSON, TEXT/PLAIN;Q=0.9", .http, true),
            ("Application/Json;Q=0.9, Text/*", .http, false),
            ("", .http, false),
        ])
    func accept(value: String, requestProtocol: RequestProtocol, acceptsJSON: Bool) {
        let head = parseRequest("GET / HTTP/1.1\r\nHost: h\r\nAccept: \(value)\r\n\r\n").head
        #expect(head?.requestProtocol == requestProtocol)
        #expect(head?.acceptsJSON == acceptsJSON)
    }

    @Test("Several lines of Accept are one list")
    func acceptLines() {
        func acceptsJSON(_ lines: [String]) -> Bool? {
            let fields = lines.map { "Accept: \($0)\r\n" }.joined()
            return parseRequest("GET / HTTP/1.1\r\nHost: h\r\n\(fields)\r\n").head?.acceptsJSON
        }
        #expect(acceptsJSON(["text/plain", "application/json;q=0.9"]) == false)
        #expect(acceptsJSON(["text/plain;q=0.1", "application/json"]) == true)
        #expect(acceptsJSON(["application/json;q=0.9", "*/*;q=0.1", "text/html"]) == true)
    }

    @Test("Only GET asks for an event stream")
    func eventStreamByPost() {
        let head = parseRequest(
            "POST / HTTP/1.1\r\nHost: h\r\nAccept: text/event-stream\r\n\r\n"
        ).head
        #expect(head?.requestProtocol == .http)
    }

    @Test(
        "100-continue is expected where content follows, and not by HTTP/1.0",
        arguments: [
            ("POST / HTTP/1.1\r\nContent-Length: 5\r\nExpect: 100-Continue\r\n", true),
            ("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n", true),
            ("POST / HTTP/1.1\r\nContent-Length: 0\r\nExpect: 100-continue\r\n", false),
            ("GET / HTTP/1.1\r\nExpect: 100-continue\r\n", false),
            ("POST / HTTP/1.0\r\nContent-Length: 5\r\nExpect: 100-continue\r\n", false),
        ])
    func expectation(start: String, expected: Bool) {
        #expect(parseRequest(start + "Host: h\r\n\r\n").head?.expectsContinue == expected)
    }

    @Test(
        "A request identifier is kept if there is one and it is harmless",
        arguments: [
            ("X-Request-Id: abc-123", "abc-123"),
            ("X-Request-ID: a/b+c=@:_~.", "a/b+c=@:_~."),
            ("X-Request-Id: two words", ""),
            ("X-Request-Id: quo\"te", ""),
            ("X-Request-Id: a\r\nX-Request-Id: b", ""),
            ("X-Request-Id: ", ""),
            ("X-Request-Id: a\r\nConnection: x-request-id", ""),
            (
                "X-Request-Id: \(String(repeating: "a", count: 128))",
                String(repeating: "a", count: 128)
            ),
            ("X-Request-Id: \(String(repeating: "a", count: 129))", ""),
        ])
    func requestID(field: String, expected: String) throws {
        let bytes = Array("GET / HTTP/1.1\r\nHost: h\r\n\(field)\r\n\r\n".utf8)
        let head = try #require(parseRequest(bytes).head)
        #expect(text(head.requestID, of: bytes) == expected)
    }

    @Test("A request view shows what was parsed")
    func view() throws {
        let bytes = Array("GET /p?q HTTP/1.1\r\nHost: h\r\n\r\n".utf8)
        var fields = HeaderFields()
        var resume = 0
        let span = bytes.span
        // SAFETY: the view is of bytes and is used while the array lives.
        let raw = unsafe span.bytes
        let outcome = RequestHeadParser.parse(
            raw, limits: HeadLimits(), fields: &fields, resume: &resume)
        guard case .complete(let head) = outcome else {
            Issue.record("the head is complete")
            return
        }
        let view = head.view(
            of: raw, fields: fields.span, listenerPort: 80,
            client: ClientAddress(ipv4: 0x7F00_0001))
        let path = text(view.path, of: bytes)
        let count = view.fields.count
        #expect(path == "/p")
        #expect(count == 1)
    }
}

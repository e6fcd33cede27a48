import Runtime
import Testing

@Suite("Responses to the client")
struct ResponseWriterTests {
    private static let modern = ClientTerms(method: .get, version: .http11, keepAlive: true)
    private static let old = ClientTerms(method: .get, version: .http10, keepAlive: true)

    @Test("A response is written from its parts")
    func plain() throws {
        let rewritten = try #require(
            rewriteResponse(
                "HTTP/1.0 404 Not here\r\nserver: x\r\nContent-length: 04\r\nConnection: X-Hop\r\n"
                    + "X-Hop: 1\r\nKeep-Alive: 5\r\nSet-Cookie: a=b\r\nSet-Cookie: c=d\r\n\r\ngone",
                to: Self.modern, adding: "X-A: 1\r\n"))
        #expect(
            rewritten.text
                == "HTTP/1.1 404 Not here\r\nContent-Length: 4\r\nserver: x\r\nSet-Cookie: a=b\r\n"
                + "Set-Cookie: c=d\r\nX-A: 1\r\n\r\n")
        #expect(rewritten.plan == ResponseWriter.Plan(framing: .length(4), keepAlive: true))
    }

    @Test("A 426 says what is to be spoken, and no other answer does")
    func upgradeRequired() throws {
        let fields =
            "Connection: Upgrade, X-Hop\r\nUpgrade: websocket\r\nX-Hop: 1\r\n"
            + "Content-Length: 0\r\n\r\n"
        let required = try #require(
            rewriteResponse("HTTP/1.1 426 No\r\n\(fields)", to: Self.modern))
        #expect(
            required.text == "HTTP/1.1 426 No\r\nContent-Length: 0\r\nConnection: Upgrade\r\n"
                + "Upgrade: websocket\r\n\r\n")
        let other = try #require(rewriteResponse("HTTP/1.1 400 No\r\n\(fields)", to: Self.modern))
        #expect(other.text == "HTTP/1.1 400 No\r\nContent-Length: 0\r\n\r\n")
        let old = try #require(rewriteResponse("HTTP/1.1 426 No\r\n\(fields)", to: Self.old))
        #expect(!old.text.contains("Upgrade:"))
    }

    @Test(
        "Content of unknown length is framed for the client's version",
        arguments: [
            ("", modern, ResponseFraming.chunked, true, "Transfer-Encoding: chunked\r\n"),
            (
                "Transfer-Encoding: chunked\r\n", modern, .chunked, true,
                "Transfer-Encoding: chunked\r\n"
            ),
            ("", old, .untilClose, false, "Connection: close\r\n"),
            ("Transfer-Encoding: chunked\r\n", old, .untilClose, false, "Connection: close\r\n"),
            (
                "Content-Length: 5\r\n", old, .length(5), true,
                "Content-Length: 5\r\nConnection: keep-alive\r\n"
            ),
            ("Content-Length: 5\r\n", modern, .length(5), true, "Content-Length: 5\r\n"),
        ])
    func framing(
        field: String, terms: ClientTerms, framing: ResponseFraming, keepAlive: Bool, lines: String
    ) {
        let rewritten = rewriteResponse("HTTP/1.1 200 OK\r\n\(field)\r\n", to: terms)
        #expect(rewritten?.plan == ResponseWriter.Plan(framing: framing, keepAlive: keepAlive))
        #expect(rewritten?.text == "HTTP/1.1 200 OK\r\n\(lines)\r\n")
    }

    @Test("A connection that shall end is said to")
    func close() {
        let terms = ClientTerms(method: .get, version: .http11, keepAlive: false)
        let rewritten = rewriteResponse("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", to: terms)
        #expect(rewritten?.text.contains("\r\nConnection: close\r\n") == true)
        #expect(rewritten?.plan.keepAlive == false)
    }

    @Test("An upstream that closes does not close the client's connection")
    func upstreamCloses() {
        let rewritten = rewriteResponse(
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", to: Self.modern)
        #expect(rewritten?.text == "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        #expect(rewritten?.plan.keepAlive == true)
    }

    @Test(
        "Answers without content keep a length only where it means something",
        arguments: [
            (Method.head, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n", "Content-Length: 10\r\n"),
            (.head, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n", ""),
            (.get, "HTTP/1.1 304 OK\r\nContent-Length: 10\r\n", "Content-Length: 10\r\n"),
            (.get, "HTTP/1.1 204 OK\r\nContent-Length: 0\r\n", ""),
        ])
    func withoutContent(method: Method, start: String, lines: String) {
        let terms = ClientTerms(method: method, version: .http11, keepAlive: true)
        let rewritten = rewriteResponse(start + "\r\n", to: terms)
        #expect(rewritten?.plan == ResponseWriter.Plan(framing: .none, keepAlive: true))
        #expect(rewritten?.text == "HTTP/1.1 \(start.dropFirst(9).prefix(3)) OK\r\n\(lines)\r\n")
    }

    @Test("Interim responses go to HTTP/1.1 clients only")
    func interim() {
        let response = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\nConnection: close\r\n\r\n"
        #expect(
            rewriteResponse(response, to: Self.modern)?.text
                == "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")
        #expect(rewriteResponse(response, to: Self.old)?.text == "")
    }

    @Test("A 101 states the upgrade and passes the handshake on")
    func switching() {
        let rewritten = rewriteResponse(
            "HTTP/1.1 101 Switching Protocols\r\nupgrade: WebSocket\r\n"
                + "connection: Upgrade, X-Hop\r\n"
                + "X-Hop: 1\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
                + "Sec-WebSocket-Protocol: chat\r\nSec-WebSocket-Extensions: permessage-deflate\r\n"
                + "Set-Cookie: a=b\r\n\r\n",
            to: Self.modern)
        #expect(
            rewritten?.text
                == "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n"
                + "Upgrade: websocket\r\n"
                + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
                + "Sec-WebSocket-Protocol: chat\r\nSec-WebSocket-Extensions: permessage-deflate\r\n"
                + "Set-Cookie: a=b\r\n\r\n")
    }

    @Test("A status line without a reason is written with its space")
    func emptyReason() {
        let rewritten = rewriteResponse("HTTP/1.1 204\r\n\r\n", to: Self.modern)
        #expect(rewritten?.text == "HTTP/1.1 204 \r\n\r\n")
    }
}

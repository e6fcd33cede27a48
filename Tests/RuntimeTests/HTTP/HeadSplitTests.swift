import Runtime
import Testing

/// Heads that are in order, of every shape.
enum HeadSamples {
    static let requests = [
        "GET / HTTP/1.1\r\nHost: h\r\n\r\n",
        "\r\n\r\nGET /a?b=c HTTP/1.1\r\nHost: example.com:80\r\nAccept: text/event-stream\r\n\r\n",
        "GET / HTTP/1.0\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: h\r\nX-Empty:\r\nX-Blank: \t \r\n\r\n",
        "GET http://h/a?b HTTP/1.1\r\nhost: H:80\r\nConnection: close, X-Hop\r\nX-Hop: 1\r\n\r\n",
        "POST /upload HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\n"
            + "Expect: 100-continue\r\n\r\nhello world",
        "PUT /upload HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n"
            + "hello\r\n0\r\n\r\n",
        "GET /chat HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + "Sec-WebSocket-Protocol: a, b\r\nSec-WebSocket-Extensions: permessage-deflate\r\n"
            + "Origin: http://h\r\nCookie: a=b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 10.0.0.1\r\nForwarded: for=10.0.0.1\r\n"
            + "X_Forwarded_For: 10.0.0.2\r\nTE: trailers\r\nX-Request-Id: abc\r\n\r\n",
    ]

    static let refusedRequests = [
        "GET / HTTP/1.1\nHost: h\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\nA: b\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\nA: b\rc\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\nA: b\u{0}c\r\n\r\n",
        "GET / HTTP/2.0\r\nHost: h\r\nA: b\nc\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\nHost: h\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        "GET / HTTP/1.1\r\nHost : h\r\nA: b\n\r\n",
        "\r\n\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n",
        "GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n",
    ]

    static let responses = [
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 200 \r\nTransfer-Encoding: chunked\r\nConnection: X-Hop\r\n"
            + "X-Hop: 1\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200\r\nContent-Type: text/event-stream; charset=utf-8\r\n\r\ndata: 1\n\n",
        "HTTP/1.0 404 Not Found\r\nServer: old\r\nX-Empty:\r\n\r\ngone",
        "HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\nETag: \"a\"\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n\u{1}\u{2}",
    ]
}

@Suite("Heads in pieces")
struct HeadSplitTests {
    /// Goal: where a head is cut changes nothing.
    /// Method: cut each sample at every byte, and then into single bytes.
    @Test(
        "A request cut anywhere is the same request",
        arguments: HeadSamples.requests + HeadSamples.refusedRequests)
    func requests(sample: String) {
        let bytes = Array(sample.utf8)
        let whole = parseRequest(bytes)
        for cut in 0...bytes.count {
            #expect(parseRequest(bytes, cuts: [cut]) == expected(whole, cut, bytes.count))
        }
        let inBytes = parseRequest(bytes, cuts: Array(0..<bytes.count))
        #expect(inBytes.outcome == whole.outcome)
    }

    @Test("A response cut anywhere is the same response", arguments: HeadSamples.responses)
    func responses(sample: String) {
        let bytes = Array(sample.utf8)
        let whole = parseResponse(bytes)
        for cut in 0...bytes.count {
            let parsed = parseResponse(bytes, cuts: [cut])
            #expect(parsed.outcome == whole.outcome)
        }
        #expect(parseResponse(bytes, cuts: Array(0..<bytes.count)).outcome == whole.outcome)
    }

    @Test("Every proper prefix of a head is incomplete", arguments: HeadSamples.requests)
    func prefixes(sample: String) throws {
        let bytes = Array(sample.utf8)
        let head = try #require(parseRequest(bytes).head)
        for count in 0..<head.byteCount {
            #expect(parseRequest(Array(bytes.prefix(count))).outcome == .incomplete)
        }
    }

    @Test("Limits hold for a head that trickles in")
    func limits() {
        let limits = HeadLimits(headByteCountMax: 200, targetByteCountMax: 50)
        let longTarget = Array(("GET /" + String(repeating: "a", count: 300)).utf8)
        #expect(
            parseRequest(longTarget, cuts: Array(1..<longTarget.count), limits: limits).fault
                == .targetTooLong)
        let longHead = Array(
            ("GET / HTTP/1.1\r\nHost: h\r\nA: " + String(repeating: "a", count: 300)).utf8)
        #expect(
            parseRequest(longHead, cuts: Array(1..<longHead.count), limits: limits).fault
                == .headTooLarge)
    }

    /// Fields are not compared when the head ends before the last piece: they are those of that
    /// call.
    private func expected(_ whole: ParsedRequest, _ cut: Int, _ count: Int) -> ParsedRequest {
        let headEndsBeforeCut = whole.head.map { $0.byteCount <= cut } ?? false
        return headEndsBeforeCut ? ParsedRequest(outcome: whole.outcome) : whole
    }
}

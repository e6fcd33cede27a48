import Runtime
import Testing

@Suite("Response heads")
struct ResponseHeadParserTests {
    @Test("A plain response is taken apart")
    func plain() throws {
        let bytes = Array("HTTP/1.1 404 Not  here\r\nContent-Length: 4\r\n\r\ngone".utf8)
        let head = try #require(parseResponse(bytes).head)
        #expect(head.status == .notFound)
        #expect(text(head.reason, of: bytes) == "Not  here")
        #expect(head.version == .http11)
        #expect(head.framing == .length(4))
        #expect(head.contentLength == 4)
        #expect(head.keepAlive)
        #expect(!head.isInterim && !head.isSwitchingProtocols && !head.isEventStream)
        #expect(head.byteCount == bytes.count - 4)
    }

    @Test(
        "Content ends where method, status and fields say",
        arguments: [
            (Method.get, "HTTP/1.1 200 OK\r\n", ResponseFraming.untilClose),
            (.get, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n", .length(0)),
            (.get, "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n", .chunked),
            (.get, "HTTP/1.0 200 OK\r\n", .untilClose),
            (.head, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n", .none),
            (.head, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n", .none),
            (.head, "HTTP/1.1 200 OK\r\n", .none),
            (.get, "HTTP/1.1 204 No Content\r\n", .none),
            (.get, "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n", .none),
            (.get, "HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n", .none),
            (.get, "HTTP/1.1 304 Not Modified\r\nContent-Length: 10\r\n", .none),
            (.get, "HTTP/1.1 304 Not Modified\r\nTransfer-Encoding: chunked\r\n", .none),
            (.get, "HTTP/1.1 100 Continue\r\n", .none),
            (.get, "HTTP/1.1 101 Switching Protocols\r\n", .none),
            (.connect, "HTTP/1.1 200 Connected\r\nContent-Length: 10\r\n", .none),
            (.connect, "HTTP/1.1 407 Who\r\nContent-Length: 10\r\n", .length(10)),
            (.post, "HTTP/1.1 205 Reset\r\nContent-Length: 0\r\n", .length(0)),
        ])
    func framing(method: Method, start: String, expected: ResponseFraming) {
        #expect(parseResponse(start + "\r\n", method: method).head?.framing == expected)
    }

    @Test(
        "What can be read in two ways is invalid",
        arguments: [
            (
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n",
                HeadFault.lengthWithTransferEncoding
            ),
            (
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n",
                .repeatedContentLength
            ),
            ("HTTP/1.1 200 OK\r\nContent-Length: 1,1\r\n", .invalidContentLength),
            ("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n", .invalidContentLength),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\n", .invalidTransferEncoding),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n", .unknownTransferCoding),
            (
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, chunked\r\n",
                .invalidTransferEncoding
            ),
            ("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n", .transferEncodingBeforeHTTP11),
            ("HTTP/1.1 204 No\r\nContent-Length: 5\r\n", .contentWhereNoneMayBe),
            (
                "HTTP/1.1 204 No\r\nContent-Length: 0\r\nTransfer-Encoding: chunked\r\n",
                .lengthWithTransferEncoding
            ),
            ("HTTP/1.0 204 No\r\nTransfer-Encoding: chunked\r\n", .transferEncodingBeforeHTTP11),
            ("HTTP/1.1 100 Go\r\nContent-Length: 5\r\n", .contentWhereNoneMayBe),
            ("HTTP/1.1 101 Go\r\nTransfer-Encoding: chunked\r\n", .contentWhereNoneMayBe),
            ("HTTP/1.1 200 OK\nA: b\r\n", .bareLineFeed),
            ("HTTP/1.1 200 OK\r\nA: b\n", .bareLineFeed),
            ("HTTP/1.1 200 OK\rA: b\r\n", .bareCarriageReturn),
            ("HTTP/1.1 200 OK\r\nA: b\rc\r\n", .bareCarriageReturn),
            ("HTTP/1.1 200 O\u{0}K\r\n", .controlByte),
            ("HTTP/1.1 200 OK\r\nA: \u{0}\r\n", .controlByte),
            ("HTTP/1.1 200 OK\r\nA : b\r\n", .blankBeforeColon),
            ("HTTP/1.1 200 OK\r\nA: b\r\n c\r\n", .foldedLine),
            ("HTTP/1.1 200 OK\r\nA\r\n", .invalidFieldName),
            ("HTTP/1.1 200 OK\r\n: b\r\n", .emptyFieldName),
            ("HTTP/1.1  200 OK\r\n", .invalidStatusLine),
            ("HTTP/1.1 20 OK\r\n", .invalidStatusLine),
            ("HTTP/1.1 2000 OK\r\n", .invalidStatusLine),
            ("HTTP/1.1 2x0 OK\r\n", .invalidStatusLine),
            ("HTTP/1.1 099 OK\r\n", .invalidStatusCode),
            ("HTTP/1.1 600 OK\r\n", .invalidStatusCode),
            ("HTTP/1.1 000 OK\r\n", .invalidStatusCode),
            ("HTTP/2.0 200 OK\r\n", .invalidStatusLine),
            ("HTTP/1.2 200 OK\r\n", .invalidStatusLine),
            ("http/1.1 200 OK\r\n", .invalidStatusLine),
            ("ICY 200 OK\r\n", .invalidStatusLine),
            ("\r\nHTTP/1.1 200 OK\r\n", .invalidStatusLine),
            ("<html>", .invalidStatusLine),
        ])
    func invalid(start: String, expected: HeadFault) {
        #expect(parseResponse(start + "\r\n").fault == expected)
    }

    @Test(
        "A connection persists by the version's rule, and not behind content that ends with it",
        arguments: [
            ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n", true),
            ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n", false),
            ("HTTP/1.1 200 OK\r\n", false),
            ("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n", false),
            ("HTTP/1.0 200 OK\r\nContent-Length: 0\r\nConnection: keep-alive\r\n", true),
            ("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n", false),
            ("HTTP/1.1 204 No\r\n", true),
            // Chunks may follow it after all.
            ("HTTP/1.1 204 No\r\nTransfer-Encoding: chunked\r\n", false),
            ("HTTP/1.1 304 No\r\nTransfer-Encoding: chunked\r\n", true),
        ])
    func persistence(start: String, expected: Bool) {
        #expect(parseResponse(start + "\r\n").head?.keepAlive == expected)
    }

    @Test(
        "An event stream is known by its media type",
        arguments: [
            ("text/event-stream", true), ("Text/Event-Stream ; charset=utf-8", true),
            ("text/event-streams", false), ("application/json", false),
        ])
    func eventStream(type: String, expected: Bool) {
        let head = parseResponse("HTTP/1.1 200 OK\r\nContent-Type: \(type)\r\n\r\n").head
        #expect(head?.isEventStream == expected)
    }

    @Test(
        "Interim responses are told from final ones",
        arguments: [
            (100, true, false), (101, false, true), (102, true, false), (103, true, false),
            (199, true, false), (200, false, false),
        ])
    func interim(status: Int, isInterim: Bool, isSwitching: Bool) {
        let head = parseResponse("HTTP/1.1 \(status) X\r\n\r\n").head
        #expect(head?.isInterim == isInterim)
        #expect(head?.isSwitchingProtocols == isSwitching)
    }

    @Test("A head that is too large is invalid")
    func tooLarge() {
        let limits = HeadLimits(headByteCountMax: 64)
        let endless = Array(("HTTP/1.1 200 OK\r\nA: " + String(repeating: "b", count: 64)).utf8)
        #expect(parseResponse(endless, limits: limits).fault == .headTooLarge)
    }
}

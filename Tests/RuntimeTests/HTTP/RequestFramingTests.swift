import Runtime
import Testing

@Suite("Request framing")
struct RequestFramingTests {
    private func framing(_ fields: String, version: String = "HTTP/1.1") -> ParsedRequest {
        parseRequest("POST / \(version)\r\nHost: h\r\n\(fields)\r\n")
    }

    @Test(
        "Content ends where the fields say",
        arguments: [
            ("", RequestFraming.none),
            ("Content-Length: 0\r\n", .length(0)),
            ("content-length: 42\r\n", .length(42)),
            ("Content-Length: 007\r\n", .length(7)),
            ("Content-Length:9223372036854775807\r\n", .length(9_223_372_036_854_775_807)),
            ("Transfer-Encoding: chunked\r\n", .chunked),
            ("transfer-encoding:\t CHUNKED \t\r\n", .chunked),
        ])
    func valid(fields: String, expected: RequestFraming) {
        #expect(framing(fields).head?.framing == expected)
    }

    @Test(
        "Lengths that can be read in two ways are refused",
        arguments: [
            ("Content-Length:\r\n", HeadFault.invalidContentLength),
            ("Content-Length: \r\n", .invalidContentLength),
            ("Content-Length: -1\r\n", .invalidContentLength),
            ("Content-Length: +1\r\n", .invalidContentLength),
            ("Content-Length: 1 2\r\n", .invalidContentLength),
            ("Content-Length: 0x10\r\n", .invalidContentLength),
            ("Content-Length: 1e3\r\n", .invalidContentLength),
            ("Content-Length: 5;a\r\n", .invalidContentLength),
            ("Content-Length: 5, 5\r\n", .invalidContentLength),
            ("Content-Length: 5,6\r\n", .invalidContentLength),
            ("Content-Length: ,5\r\n", .invalidContentLength),
            ("Content-Length: \"5\"\r\n", .invalidContentLength),
            ("Content-Length: 5.0\r\n", .invalidContentLength),
            ("Content-Length: 1_000\r\n", .invalidContentLength),
            ("Content-Length: 10000000000000000000\r\n", .invalidContentLength),
            ("Content-Length: 00000000000000000005\r\n", .invalidContentLength),
            ("Content-Length: \u{FF15}\r\n", .invalidContentLength),
            ("Content-Length: 5\r\nContent-Length: 5\r\n", .repeatedContentLength),
            ("Content-Length: 5\r\ncontent-LENGTH: 6\r\n", .repeatedContentLength),
        ])
    func lengths(fields: String, expected: HeadFault) {
        #expect(framing(fields).fault == expected)
        #expect(expected.status == .badRequest)
    }

    @Test(
        "A length beside a transfer coding is refused, in either order",
        arguments: [
            "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
            "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
            "Transfer-Encoding: chunked\r\nContent-Length: 0\r\n",
            "Transfer-Encoding: gzip, chunked\r\nContent-Length: 5\r\n",
            "Transfer-Encoding: identity\r\nContent-Length: 5\r\n",
            "Transfer-Encoding: xchunked\r\nContent-Length: 5\r\n",
            "TRANSFER-ENCODING:chunked\r\nCONTENT-LENGTH:5\r\n",
        ])
    func lengthAndCoding(fields: String) {
        #expect(framing(fields).fault == .lengthWithTransferEncoding)
    }

    @Test(
        "Transfer codings that some peer reads otherwise are refused",
        arguments: [
            ("Transfer-Encoding:\r\n", HeadFault.invalidTransferEncoding),
            ("Transfer-Encoding: ,\r\n", .invalidTransferEncoding),
            ("Transfer-Encoding: chunked,\r\n", .invalidTransferEncoding),
            ("Transfer-Encoding: ,chunked\r\n", .invalidTransferEncoding),
            ("Transfer-Encoding: chunked, chunked\r\n", .invalidTransferEncoding),
            (
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
                .invalidTransferEncoding
            ),
            (
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
                .invalidTransferEncoding
            ),
            ("Transfer-Encoding: chunked, identity\r\n", .invalidTransferEncoding),
            ("Transfer-Encoding: chunked, gzip\r\n", .invalidTransferEncoding),
            ("Transfer-Encoding: identity\r\n", .invalidTransferEncoding),
            ("Transfer-Encoding: gzip\r\n", .invalidTransferEncoding),
            ("Transfer-Encoding: xchunked\r\n", .invalidTransferEncoding),
            ("Transfer-Encoding: chunkedx\r\n", .invalidTransferEncoding),
            ("Transfer-Encoding: x chunked\r\n", .invalidTransferEncoding),
            ("Transfer-Encoding: \"chunked\"\r\n", .invalidTransferEncoding),
            ("Transfer-Encoding: 'chunked'\r\n", .invalidTransferEncoding),
            ("Transfer-Encoding: chunked;q=1\r\n", .invalidTransferEncoding),
            ("Transfer-Encoding: chunked, \r\n", .invalidTransferEncoding),
            ("Transfer-Encoding: chu\u{17F}ked\r\n", .invalidTransferEncoding),
            ("Transfer-Encoding: gzip, chunked\r\n", .unknownTransferCoding),
            (
                "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n",
                .unknownTransferCoding
            ),
            ("Transfer-Encoding: \u{B}chunked\r\n", .controlByte),
            ("Transfer-Encoding : chunked\r\n", .blankBeforeColon),
            ("Transfer-Encoding\t: chunked\r\n", .blankBeforeColon),
            ("Transfer-Encoding: \r\n chunked\r\n", .foldedLine),
            ("X: y\rTransfer-Encoding: chunked\r\n", .bareCarriageReturn),
            ("X: y\nTransfer-Encoding: chunked\r\n", .bareLineFeed),
            (" Transfer-Encoding: chunked\r\n", .foldedLine),
        ])
    func codings(fields: String, expected: HeadFault) {
        #expect(framing(fields).fault == expected)
        let status = expected == .unknownTransferCoding ? HTTPStatus.notImplemented : .badRequest
        #expect(expected.status == status)
    }

    @Test("HTTP/1.0 has no transfer codings")
    func oldVersion() {
        let parsed = framing("Transfer-Encoding: chunked\r\n", version: "HTTP/1.0")
        #expect(parsed.fault == .transferEncodingBeforeHTTP11)
        #expect(framing("Content-Length: 5\r\n", version: "HTTP/1.0").head?.framing == .length(5))
    }

    @Test("Announced content above the limit is 413")
    func tooLarge() {
        let limits = HeadLimits(bodyByteCountMax: 10)
        let start = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: "
        #expect(parseRequest(start + "10\r\n\r\n", limits: limits).head?.framing == .length(10))
        let parsed = parseRequest(start + "11\r\n\r\n", limits: limits)
        #expect(parsed.fault == .contentTooLarge)
        #expect(parsed.fault?.status == .contentTooLarge)
    }

    @Test(
        "Names that look like framing fields are other fields",
        arguments: [
            "Content-Length-X: 5", "XContent-Length: 5", "Content.Length: 5",
            "Transfer-Encodin: chunked",
            "Transfer-Encoding-: chunked", "Transfer+Encoding: chunked",
        ])
    func otherNames(field: String) {
        let parsed = framing("\(field)\r\n")
        #expect(parsed.head?.framing == RequestFraming.none)
    }

    @Test(
        "A name that a CGI program would take for a known one is not passed on",
        arguments: [
            "Content_Length: 5", "Transfer_Encoding: chunked", "Transfer-Encoding_: x",
            "X_Forwarded_For: 10.0.0.1", "X-Forwarded_Proto: https",
            "x_forwarded_anything_else_at_all: 1",
            "Connection_: x", "_Host: x", "Sec_WebSocket_Key: x", "Host_: x", "ho_st: x",
        ])
    func disguises(field: String) throws {
        let isKnown = !["Transfer-Encoding_", "Connection_", "_Host", "Host_", "ho_st"]
            .contains { field.hasPrefix($0) }
        let request = "POST / HTTP/1.1\r\nHost: h\r\n\(field)\r\n\r\n"
        let rewritten = try #require(rewriteRequest(request))
        #expect(rewritten.contains(field) == !isKnown)
        #expect(parseRequest(request).head?.framing == RequestFraming.none)
    }
}

import RouteTable
import Runtime
import Testing

@Suite("What may be kept")
struct StorableExchangeTests {
    private func isAnonymous(_ request: String) throws -> Bool {
        let bytes = Array(request.utf8)
        var fields = HeaderFields()
        var resume = 0
        let span = bytes.span
        // SAFETY: the view is of bytes and is used while the array lives.
        let raw = unsafe span.bytes
        let outcome = RequestHeadParser.parse(
            raw, limits: HeadLimits(), fields: &fields, resume: &resume)
        guard case .complete(let head) = outcome else {
            Issue.record("not a request: \(request)")
            return false
        }
        return StorableExchange.isAnonymous(head, fields: fields, in: raw)
    }

    private func isShareable(_ answer: String) -> Bool {
        let bytes = Array(answer.utf8)
        var fields = HeaderFields()
        var resume = 0
        let span = bytes.span
        // SAFETY: the view is of bytes and is used while the array lives.
        let raw = unsafe span.bytes
        let outcome = ResponseHeadParser.parse(
            raw, method: .get, limits: HeadLimits(), fields: &fields, resume: &resume)
        guard case .complete(let head) = outcome else {
            Issue.record("not an answer: \(answer)")
            return false
        }
        return StorableExchange.isShareable(head, fields: fields, in: raw)
    }

    @Test(
        "A request that says who asks is none of anybody's",
        arguments: [
            ("GET / HTTP/1.1\r\n", true),
            ("HEAD / HTTP/1.1\r\n", true),
            ("GET / HTTP/1.1\r\nCache-Control: no-cache\r\n", true),
            ("POST / HTTP/1.1\r\n", false),
            ("OPTIONS / HTTP/1.1\r\n", false),
            ("GET / HTTP/1.1\r\nContent-Length: 1\r\n", false),
            ("GET / HTTP/1.1\r\nAuthorization: Basic eDp5\r\n", false),
            ("GET / HTTP/1.1\r\nAUTHORIZATION:\r\n", false),
            ("GET / HTTP/1.1\r\ncookie: a=b\r\n", false),
            ("GET / HTTP/1.1\r\nCache-Control: max-age=0, No-Store\r\n", false),
            ("GET / HTTP/1.1\r\nAccept: text/event-stream\r\n", false),
            (
                "GET / HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                    + "Sec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
                false
            ),
        ])
    func requests(text: String, expected: Bool) throws {
        #expect(try isAnonymous(text + "Host: a\r\n\r\n") == expected)
    }

    @Test(
        "An answer is kept only if a shared cache may store it and give it when it is stale",
        arguments: [
            ("200 OK", "", true),
            ("200 OK", "Cache-Control: public, max-age=60\r\n", true),
            ("200 OK", "Vary: Accept-Encoding\r\n", true),
            ("200 OK", "Vary: accept-encoding, Accept-Encoding\r\n", true),
            ("200 OK", "Vary: Accept-Encoding, Cookie\r\n", false),
            ("200 OK", "Vary: Accept-Encoding\r\nVary: Origin\r\n", false),
            ("200 OK", "Vary: *\r\n", false),
            ("200 OK", "Set-Cookie: a=b\r\n", false),
            ("200 OK", "Cache-Control: private\r\n", false),
            ("200 OK", "Cache-Control: max-age=5\r\nCache-Control: PRIVATE\r\n", false),
            ("200 OK", "Cache-Control: private=\"x, y\"\r\n", false),
            ("200 OK", "Cache-Control: no-store\r\n", false),
            ("200 OK", "Cache-Control: no-cache=\"Set-Cookie\"\r\n", false),
            ("200 OK", "Cache-Control: max-age=5,must-revalidate\r\n", false),
            ("200 OK", "Cache-Control: proxy-revalidate\r\n", false),
            ("200 OK", "Cache-Control: s-maxage=60\r\n", false),
            ("200 OK", "Content-Type: text/event-stream\r\n", false),
            ("206 Partial", "", false),
            ("203 Other", "", false),
            ("404 Not Found", "", false),
            ("301 Moved", "", false),
            ("500 No", "", false),
        ])
    func answers(status: String, fields: String, expected: Bool) {
        #expect(
            isShareable("HTTP/1.1 \(status)\r\nContent-Length: 1\r\n\(fields)\r\n") == expected)
        #expect(
            isShareable("HTTP/1.1 \(status)\r\nTransfer-Encoding: chunked\r\n\(fields)\r\n")
                == expected)
        // Nobody could tell whether it is whole.
        #expect(!isShareable("HTTP/1.1 \(status)\r\n\(fields)\r\n"))
    }

    @Test(
        "An answer that is not kept takes away the one before, unless it says nothing new",
        arguments: [
            (404, true), (410, true), (200, true), (206, false), (304, false), (503, false),
        ])
    func replaces(status: UInt16, expected: Bool) {
        #expect(StorableExchange.replaces(HTTPStatus(rawValue: status)) == expected)
    }

    @Test(
        "The age at arrival is what the answer says or what its date says, whichever is more",
        arguments: [
            ("", 0, 0),
            ("Age: 7\r\n", 0, 7),
            ("Age: 7\r\n", 3, 10),
            ("Age: 7\r\nAge: 90\r\n", 0, 7),
            ("Age: x\r\n", 3, 3),
            ("Age: 99999999999999999999999\r\n", 3, 2_147_483_648),
            ("Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n", 0, 100),
            ("Date: Sun, 06 Nov 1994 08:49:37 GMT\r\nAge: 98\r\n", 3, 101),
            ("Age: 98\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n", 0, 100),
            ("Date: Sun, 06 Nov 1994 09:49:37 GMT\r\n", 0, 0),
            ("Date: yesterday\r\n", 1, 1),
        ] as [(String, Int64, Int64)])
    func age(fieldLines: String, delay: Int64, expected: Int64) throws {
        let bytes = Array("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\(fieldLines)\r\n".utf8)
        var fields = HeaderFields()
        var resume = 0
        let span = bytes.span
        // SAFETY: the view is of bytes and is used while the array lives.
        let raw = unsafe span.bytes
        let outcome = ResponseHeadParser.parse(
            raw, method: .get, limits: HeadLimits(), fields: &fields, resume: &resume)
        guard case .complete = outcome else { throw Unparsable() }
        let age = AnswerAge.atArrival(
            fields: fields, in: raw, now: 784_111_877, delaySeconds: delay)
        #expect(age == expected)
    }

    private struct Unparsable: Error {}

    @Test("What is kept of a head is what is passed on; age and length are stated when it is given")
    func head() throws {
        let bytes = Array(
            ("HTTP/1.1 200 Fine\r\nContent-Length: 5\r\nETag: \"x\"\r\nConnection: X-Hop\r\n"
                + "X-Hop: 1\r\nAge: 9\r\nKeep-Alive: 5\r\n\r\n").utf8)
        var fields = HeaderFields()
        var resume = 0
        let span = bytes.span
        // SAFETY: the view is of bytes and is used while the array lives.
        let raw = unsafe span.bytes
        _ = ResponseHeadParser.parse(
            raw, method: .get, limits: HeadLimits(), fields: &fields, resume: &resume)
        var lines = ByteWriter(capacity: 1_024)
        let date = HTTPDate(seconds: 784_111_777)
        KeptHead.writeLines(fields, of: raw, date: date, into: &lines)
        let kept = text(lines.written)
        #expect(kept == "ETag: \"x\"\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n")
        var answer = ByteWriter(capacity: 1_024)
        let terms = ClientTerms(method: .get, version: .http11, keepAlive: false)
        KeptHead.write(
            lines: lines.written, ageSeconds: 12, contentByteCount: 5, terms: terms, into: &answer)
        let written = text(answer.written)
        #expect(
            written
                == "HTTP/1.1 200 OK\r\n\(kept)Age: 12\r\nContent-Length: 5\r\n"
                + "Connection: close\r\n\r\n")
    }
}

import Runtime
import Testing

@Suite("Answers made here")
struct AnswerTests {
    private static let modern = ClientTerms(method: .get, version: .http11, keepAlive: true)

    private func error(
        _ status: HTTPStatus, asJSON: Bool = false, retryAfterSeconds: UInt32? = nil,
        terms: ClientTerms = AnswerTests.modern, reason: StaticString = "no upstream"
    ) -> String {
        var writer = ByteWriter(capacity: 4096)
        ErrorAnswer.write(
            status, reason: reason, asJSON: asJSON, retryAfterSeconds: retryAfterSeconds,
            terms: terms, into: &writer)
        return writer.isOverflowed ? "" : text(writer.written)
    }

    private func answer(
        _ status: HTTPStatus, contentType: String = "", body: String = "", location: String = "",
        date: HTTPDate? = nil, terms: ClientTerms = AnswerTests.modern
    ) -> String {
        let contentType = Array(contentType.utf8)
        let body = Array(body.utf8)
        let location = Array(location.utf8)
        var writer = ByteWriter(capacity: 4096)
        writer.date = date
        // SAFETY: the views are of bytes and are used while the arrays live.
        unsafe StaticAnswer.write(
            status, contentType: contentType.span.bytes, body: body.span.bytes,
            location: location.span.bytes, terms: terms, into: &writer)
        return text(writer.written)
    }

    /// The content of an answer, if its Content-Length is right.
    private func content(_ answer: String) -> String? {
        guard let head = parseResponse(answer).head, case .length(let byteCount) = head.framing,
            answer.utf8.count == head.byteCount + Int(byteCount)
        else { return nil }
        return String(decoding: answer.utf8.dropFirst(head.byteCount), as: UTF8.self)
    }

    @Test("An error is answered as text")
    func errorText() {
        let answer = error(.serviceUnavailable, retryAfterSeconds: 7)
        #expect(
            answer
                == "HTTP/1.1 503 Service Unavailable\r\nServer: wsproxy\r\n"
                + "Cache-Control: no-store\r\n"
                + "Content-Type: text/plain; charset=utf-8\r\nContent-Length: 37\r\n"
                + "Retry-After: 7\r\n\r\n"
                + "503 Service Unavailable: no upstream\n")
        #expect(content(answer) == "503 Service Unavailable: no upstream\n")
    }

    @Test("An error is answered as JSON to those who ask")
    func errorJSON() {
        let answer = error(.badGateway, asJSON: true)
        #expect(answer.contains("\r\nContent-Type: application/json\r\n"))
        #expect(
            content(answer)
                == "{\"status\":502,\"error\":\"Bad Gateway\",\"reason\":\"no upstream\"}\n")
    }

    @Test(
        "Every status of a fault makes an answer with the right length", arguments: [true, false])
    func lengths(asJSON: Bool) {
        for fault in HeadFault.allCases {
            let answer = error(
                fault.status, asJSON: asJSON, terms: .unreadable, reason: fault.reason)
            #expect(content(answer)?.contains("\(fault.reason)") == true)
            #expect(answer.contains("\r\nConnection: close\r\n"))
        }
    }

    @Test("The answer to HEAD announces the content and leaves it out")
    func head() {
        let terms = ClientTerms(method: .head, version: .http11, keepAlive: true)
        #expect(error(.notFound, terms: terms).hasSuffix("\r\nContent-Length: 27\r\n\r\n"))
        #expect(answer(.ok, body: "hello", terms: terms).hasSuffix("\r\nContent-Length: 5\r\n\r\n"))
    }

    @Test(
        "A head that can't be read is answered without content if it begins as HEAD does",
        arguments: [
            ("HEAD / HTTP/2.0\r\n", Method.head), ("\r\n\r\nHEAD ", .head), ("HEAD", .other),
            ("HEADS / ", .other), ("head / ", .other), ("GET / ", .other), ("\rHEAD / ", .other),
            ("\nHEAD / ", .other), ("\r\n", .other), ("\r", .other), ("", .other),
        ])
    func refusedHead(text: String, method: Method) {
        let bytes = Array(text.utf8)
        let span = bytes.span
        // SAFETY: the view is of bytes and is used while the array lives.
        let terms = unsafe ClientTerms.unreadable(span.bytes)
        #expect(terms == ClientTerms(method: method, version: .http11, keepAlive: false))
    }

    @Test("426 says which version is spoken, 405 which methods")
    func extras() {
        let upgrade = error(.upgradeRequired, terms: .unreadable)
        #expect(
            upgrade.contains(
                "\r\nSec-WebSocket-Version: 13\r\nUpgrade: websocket\r\n"
                    + "Connection: Upgrade, close\r\n"
            ))
        #expect(error(.upgradeRequired).contains("\r\nConnection: Upgrade\r\n"))
        #expect(error(.methodNotAllowed).contains("\r\nAllow: GET, HEAD, POST,"))
    }

    @Test("HTTP/1.0 is told that the connection persists, or not")
    func oldClient() {
        let keep = ClientTerms(method: .get, version: .http10, keepAlive: true)
        #expect(error(.notFound, terms: keep).contains("\r\nConnection: keep-alive\r\n"))
        let close = ClientTerms(method: .get, version: .http10, keepAlive: false)
        #expect(error(.notFound, terms: close).contains("\r\nConnection: close\r\n"))
    }

    @Test("A route's own answer is written whole")
    func respond() {
        #expect(
            answer(
                HTTPStatus(rawValue: 418), contentType: "text/html", body: "<p>",
                date: HTTPDate(seconds: 0))
                == "HTTP/1.1 418 I'm a Teapot\r\nServer: wsproxy\r\n"
                + "Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n"
                + "Content-Type: text/html\r\nContent-Length: 3\r\n\r\n<p>")
        #expect(
            answer(HTTPStatus(rawValue: 299), contentType: "text/html")
                == "HTTP/1.1 299 Status\r\nServer: wsproxy\r\nContent-Length: 0\r\n\r\n")
    }

    @Test("A redirect names its place")
    func redirect() {
        #expect(
            answer(HTTPStatus(rawValue: 308), location: "https://h/a?b")
                == "HTTP/1.1 308 Permanent Redirect\r\nServer: wsproxy\r\n"
                + "Location: https://h/a?b\r\n"
                + "Content-Length: 0\r\n\r\n")
    }

    @Test("204 and 304 have neither content nor length")
    func withoutContent() {
        #expect(
            answer(.noContent, contentType: "text/plain", body: "x")
                == "HTTP/1.1 204 No Content\r\nServer: wsproxy\r\n\r\n")
        #expect(
            answer(.notModified, body: "x")
                == "HTTP/1.1 304 Not Modified\r\nServer: wsproxy\r\n\r\n")
    }

    @Test(
        "Known statuses have the phrases of the registry",
        arguments: [
            (200, "OK"), (301, "Moved Permanently"), (404, "Not Found"), (413, "Content Too Large"),
            (431, "Request Header Fields Too Large"), (504, "Gateway Timeout"), (599, "Status"),
        ])
    func phrases(status: UInt16, phrase: String) {
        #expect("\(HTTPStatus(rawValue: status).text)" == phrase)
    }
}

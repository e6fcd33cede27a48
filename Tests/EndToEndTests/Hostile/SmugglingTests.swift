import TestSupport
import Testing

/// Goal: no request reaches the upstream that the client did not send as one, and none that two programs could
/// read in two ways.
/// Method: a table of hostile requests, each followed by a harmless one on the same connection. Either the
/// client gets one refusal and the end, and the upstream nothing; or the upstream gets exactly the bytes of the
/// table, and then the harmless request. What the upstream got is looked at when the proxy has ended.
@Suite("Request smuggling")
struct SmugglingTests {
    @Test("The table is what it claims to be: several hundred different requests")
    func table() {
        #expect(HostileRequest.all.count > 1000)
        #expect(
            Set(HostileRequest.all.map { $0.category + $0.name }).count == HostileRequest.all.count)
    }

    @Test(
        "Hostile requests are refused, or forwarded in one harmless form", arguments: [false, true])
    func everything(inTwoPieces: Bool) throws {
        let backend = try RecordingBackend()
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(to: backend.scripted.port), options: ["--workers", "1"])
        for (number, request) in HostileRequest.all.enumerated() {
            try send(request, number, to: proxy, inTwoPieces: inTwoPieces)
        }
        #expect(try proxy.terminate() == .code(0))
        try Deadline.poll("the backend has read everything") {
            backend.scripted.endedCount == backend.scripted.connectionCount
        }
        // In two pieces the begin of a content may have been passed on before its end was refused.
        let failures = backend.scripted.failures.filter {
            !inTwoPieces || !$0.contains("the stream ended")
        }
        #expect(failures == [])
        check(backend.messages)
    }

    private func next(_ number: Int) -> String {
        "GET /next HTTP/1.1\r\nHost: a\r\nX-Case: \(number)-next\r\n\r\n"
    }

    /// Sends a request and the next one, and looks at what the client gets.
    private func send(
        _ request: HostileRequest, _ number: Int, to proxy: ProxyUnderTest, inTwoPieces: Bool
    ) throws {
        let label = "\(number), \(request.category): \(request.name)"
        let connection = try proxy.connect()
        let bytes = HostileRequest.bytes(request.request, number: number) + Array(next(number).utf8)
        do {
            if inTwoPieces {
                let cut = 1 + number * 31 % (bytes.count - 1)
                try connection.send(bytes: Array(bytes[..<cut]))
                // The proxy may have refused and closed by now.
                try? connection.send(bytes: Array(bytes[cut...]))
            } else {
                try connection.send(bytes: bytes)
            }
            switch request.verdict {
            case .refused(let status):
                #expect(try answer(to: request, connection).status == status, "\(label)")
                #expect(try connection.isAtEnd(), "\(label)")
            case .forwarded:
                #expect(try answer(to: request, connection).status == 200, "\(label)")
                #expect(try connection.readAnswer().status == 200, "\(label)")
            case .forwardedLast:
                #expect(try connection.readAnswer().status == 200, "\(label)")
                #expect(try connection.isAtEnd(), "\(label)")
            case .answered(let status):
                #expect(try connection.readAnswer().status == status, "\(label)")
                #expect(try connection.readAnswer().status == 200, "\(label)")
            }
        } catch {
            Issue.record("\(label): \(error)")
        }
    }

    private func answer(to request: HostileRequest, _ connection: TestConnection) throws
        -> HTTPAnswer
    {
        try connection.readAnswer(toHead: request.request.hasPrefix("HEAD "))
    }

    /// Compares what the upstream got with the table.
    private func check(_ messages: [String]) {
        var expected: [String: Int] = [:]
        for (number, request) in HostileRequest.all.enumerated() {
            switch request.verdict {
            case .refused: break
            case .forwarded(let sent):
                expected[numbered(sent, number), default: 0] += 1
                expected[numbered(HostileRequest.sentGet("/next"), number, "-next"), default: 0] +=
                    1
            case .forwardedLast(let sent): expected[numbered(sent, number), default: 0] += 1
            case .answered:
                expected[numbered(HostileRequest.sentGet("/next"), number, "-next"), default: 0] +=
                    1
            }
        }
        for message in messages {
            // Where the cut fell into a chunk, its halves may have been passed on as they came.
            let canonical = RecordedMessage.withOneChunk(withoutIdentifier(message))
            let isExpected = expected[canonical] != nil
            #expect(isExpected, "the upstream got \(HostileRequest.shown(canonical))")
            expected[canonical] = nil
        }
        for missing in expected.keys.sorted() {
            Issue.record("the upstream did not get \(HostileRequest.shown(missing))")
        }
    }

    private func numbered(_ sent: String, _ number: Int, _ suffix: String = "") -> String {
        sent.replacing("%N", with: "\(number)\(suffix)")
    }

    /// Each request has an identifier of its own, of 32 hexadecimal digits, and says which version the
    /// client spoke.
    private func withoutIdentifier(_ message: String) -> String {
        var message = message.replacing("\r\nVia: 1.0 wsproxy", with: "\r\nVia: 1.1 wsproxy")
        // A trace that was made; none of the requests brings one.
        if let trace = message.firstRange(of: "traceparent: 00-") {
            let line = message[trace.lowerBound...].prefix { $0 != "\r\n" }
            guard line.count == 68 else { return message }
            message.removeSubrange(trace.lowerBound..<message.index(after: line.endIndex))
        }
        guard let name = message.firstRange(of: "X-Request-Id: ") else { return message }
        let digits = message[name.upperBound...].prefix { $0.isHexDigit }
        guard digits.count == 32 else { return message }
        return message.replacingCharacters(from: digits)
    }
}

extension String {
    /// The text with a star instead of the given piece of it.
    fileprivate func replacingCharacters(from piece: Substring) -> String {
        String(self[..<piece.startIndex]) + "*" + String(self[piece.endIndex...])
    }
}

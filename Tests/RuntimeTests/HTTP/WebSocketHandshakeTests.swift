import Runtime
import Testing

private let acceptLine = "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
private let connectionUpgrade = "Connection: Upgrade\r\n" + acceptLine
private let switching = "Upgrade: websocket\r\nConnection: Upgrade\r\n"

/// What the client offers, the status, the fields of the answer, and what is wrong with it.
private let disbelievedAnswers: [(String, String, String, HandshakeFault)] = [
    ("", "200 OK", switching + acceptLine, .notSwitchingProtocols),
    ("", "101 X", "Connection: Upgrade\r\n" + acceptLine, .missingUpgrade),
    ("", "101 X", "Upgrade: h2c\r\nConnection: Upgrade\r\n" + acceptLine, .missingUpgrade),
    ("", "101 X", "Upgrade: websocket, h2c\r\n" + connectionUpgrade, .missingUpgrade),
    ("", "101 X", "Upgrade: h2c, websocket\r\n" + connectionUpgrade, .missingUpgrade),
    ("", "101 X", "Upgrade: websocket,\r\n" + connectionUpgrade, .missingUpgrade),
    ("", "101 X", "Upgrade: websocket/13\r\n" + connectionUpgrade, .missingUpgrade),
    ("", "101 X", "Upgrade: h2c\r\n" + switching + acceptLine, .missingUpgrade),
    ("", "101 X", switching + acceptLine + "Upgrade: h2c\r\n", .missingUpgrade),
    ("", "101 X", switching + acceptLine + "Upgrade: websocket\r\n", .missingUpgrade),
    ("", "101 X", switching + acceptLine + "Upgrade:\r\n", .missingUpgrade),
    ("", "101 X", "Upgrade: websocket\r\n" + acceptLine, .missingConnectionUpgrade),
    (
        "", "101 X", "Upgrade: websocket\r\nConnection: close\r\n" + acceptLine,
        .missingConnectionUpgrade
    ),
    ("", "101 X", switching, .wrongAccept),
    ("", "101 X", switching + acceptLine + acceptLine, .wrongAccept),
    (
        "", "101 X", switching + "Sec-WebSocket-Accept: S3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n",
        .wrongAccept
    ),
    (
        "", "101 X", switching + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo\r\n",
        .wrongAccept
    ),
    ("", "101 X", switching + "Sec-WebSocket-Accept:\r\n", .wrongAccept),
    (
        "", "101 X", switching + acceptLine + "Sec-WebSocket-Protocol: chat\r\n",
        .subprotocolNotOffered
    ),
    (
        "Sec-WebSocket-Protocol: chat\r\n", "101 X",
        switching + acceptLine + "Sec-WebSocket-Protocol: Chat\r\n", .subprotocolNotOffered
    ),
    (
        "Sec-WebSocket-Protocol: a, b\r\n", "101 X",
        switching + acceptLine + "Sec-WebSocket-Protocol: a, b\r\n", .subprotocolNotOffered
    ),
    (
        "Sec-WebSocket-Protocol: a, b\r\n", "101 X",
        switching + acceptLine + "Sec-WebSocket-Protocol: a\r\nSec-WebSocket-Protocol: b\r\n",
        .subprotocolNotOffered
    ),
    (
        "", "101 X", switching + acceptLine + "Sec-WebSocket-Extensions: permessage-deflate\r\n",
        .extensionNotOffered
    ),
    (
        "Sec-WebSocket-Extensions: x-a\r\n", "101 X",
        switching + acceptLine + "Sec-WebSocket-Extensions: x-a, permessage-deflate\r\n",
        .extensionNotOffered
    ),
]

@Suite("WebSocket handshake")
struct WebSocketHandshakeTests {
    private func accept(for key: String) -> String {
        let bytes = Array(key.utf8)
        // SAFETY: the view is of bytes and is used while the array lives.
        let accept = unsafe WebSocketHandshake.accept(for: bytes.span.bytes)
        return String(decoding: (0..<28).map { accept[$0] }, as: UTF8.self)
    }

    /// The fault of an answer to a handshake with these fields beside the usual ones.
    private func fault(
        offering requestFields: String, answer: String
    ) throws -> HandshakeFault? {
        let request = Array(
            ("GET / HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + "\(requestFields)\r\n").utf8)
        let response = Array((answer + "\r\n").utf8)
        var fields = HeaderFields()
        var resume = 0
        let requestSpan = request.span
        let responseSpan = response.span
        // SAFETY: the views are of bytes and are used while the arrays live.
        let requestBytes = unsafe requestSpan.bytes
        let responseBytes = unsafe responseSpan.bytes
        guard
            case .complete(let head) = RequestHeadParser.parse(
                requestBytes, limits: HeadLimits(), fields: &fields, resume: &resume)
        else { throw Unreadable() }
        let offer = WebSocketOffer(head, fields: fields, bytes: requestBytes)
        resume = 0
        guard
            case .complete(let answer) = ResponseHeadParser.parse(
                responseBytes, method: .get, limits: HeadLimits(), fields: &fields, resume: &resume)
        else { throw Unreadable() }
        return WebSocketHandshake.fault(
            of: answer, fields: fields, bytes: responseBytes, offer: offer)
    }

    private struct Unreadable: Error {}

    @Test(
        "The answer to a key is that of RFC 6455",
        arguments: [
            ("dGhlIHNhbXBsZSBub25jZQ==", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="),
            ("x3JJHMbDL1EzLkh9GBhXDw==", "HSmrc0sMlYUkAGmm5OPpG2HaGWk="),
        ])
    func acceptValues(key: String, expected: String) {
        #expect(accept(for: key) == expected)
    }

    @Test(
        "An answer in order is believed",
        arguments: [
            ("", ""),
            (
                "Sec-WebSocket-Protocol: chat, superchat\r\n",
                "Sec-WebSocket-Protocol: superchat\r\n"
            ),
            ("Sec-WebSocket-Protocol: chat\r\n", ""),
            (
                "Sec-WebSocket-Protocol: a\r\nSec-WebSocket-Protocol: b\r\n",
                "Sec-WebSocket-Protocol: b\r\n"
            ),
            (
                "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n",
                "Sec-WebSocket-Extensions: permessage-deflate;server_no_context_takeover\r\n"
            ),
            (
                "Sec-WebSocket-Extensions: x, permessage-deflate\r\n",
                "Sec-WebSocket-Extensions: permessage-deflate\r\n"
            ),
            ("Sec-WebSocket-Extensions: permessage-deflate\r\n", ""),
            ("", "Server: x\r\nConnection: keep-alive\r\n"),
        ])
    func believed(offer: String, answer: String) throws {
        let start = "HTTP/1.1 101 Switching Protocols\r\n" + switching + acceptLine
        #expect(try fault(offering: offer, answer: start + answer) == nil)
    }

    @Test("An answer that is not in order is not believed", arguments: disbelievedAnswers)
    func disbelieved(offer: String, status: String, answer: String, expected: HandshakeFault) throws
    {
        let found = try fault(offering: offer, answer: "HTTP/1.1 \(status)\r\n\(answer)")
        #expect(found == expected)
    }

    @Test("HTTP/1.0 knows no upgrade, whatever it says")
    func outdated() throws {
        let answer = "HTTP/1.0 101 Switching Protocols\r\n" + switching + acceptLine
        #expect(try fault(offering: "", answer: answer) == .outdatedVersion)
    }

    @Test("Every fault has a reason of its own")
    func reasons() {
        let reasons = Set(HandshakeFault.allCases.map { "\($0.reason)" })
        #expect(reasons.count == HandshakeFault.allCases.count)
    }
}

/// A way to misbehave: bytes that no server should send, and an end.
struct Fault: Equatable, Sendable {
    /// What follows the bytes.
    enum End: Equatable, Sendable {
        case close
        /// RST instead of FIN.
        case reset
        /// Nothing, until the peer leaves.
        case hang
    }

    let bytes: [UInt8]
    let end: End

    init(_ text: String, _ end: End) {
        bytes = Array(text.utf8)
        self.end = end
    }

    /// The fault of that name, as in `/fault/NAME`.
    init?(named name: some Collection<UInt8>) {
        switch String(decoding: name, as: UTF8.self) {
        case "close": self.init("", .close)
        case "reset": self.init("", .reset)
        case "hang": self.init("", .hang)
        case "garbage": self.init("\u{1}\u{2}\u{3} this is not HTTP\r\n\r\n", .close)
        case "close-in-head": self.init("HTTP/1.1 200 OK\r\nContent-Len", .close)
        case "hang-in-head": self.init("HTTP/1.1 200 OK\r\nContent-Len", .hang)
        case "reset-in-head": self.init("HTTP/1.1 200 OK\r\nContent-Len", .reset)
        case "close-in-body": self.init(Self.head("Content-Length: 1000") + "only this", .close)
        case "hang-in-body": self.init(Self.head("Content-Length: 1000") + "only this", .hang)
        case "reset-in-body": self.init(Self.head("Content-Length: 1000") + "only this", .reset)
        case "close-in-chunk": self.init(Self.chunked("400\r\nonly this"), .close)
        case "close-between-chunks": self.init(Self.chunked("4\r\nonly\r\n"), .close)
        case "bad-chunk-size":
            self.init(Self.chunked("4\r\nonly\r\nxyz\r\nthis\r\n0\r\n\r\n"), .close)
        case "bad-chunk-end": self.init(Self.chunked("4\r\nonlythis\r\n0\r\n\r\n"), .close)
        case "length-and-chunked":
            self.init(
                Self.head("Content-Length: 4\r\nTransfer-Encoding: chunked") + "0\r\n\r\n", .close)
        case "two-lengths":
            self.init(Self.head("Content-Length: 4\r\nContent-Length: 5") + "only", .close)
        case "bad-length": self.init(Self.head("Content-Length: 4x") + "only", .close)
        case "folded-field": self.init(Self.head("X-Folded: a\r\n b\r\nContent-Length: 0"), .close)
        case "bare-line-feed": self.init("HTTP/1.1 200 OK\nContent-Length: 0\n\n", .close)
        case "huge-head": self.init(Self.hugeHead, .close)
        case "wrong-version": self.init("HTTP/3.0 200 OK\r\nContent-Length: 0\r\n\r\n", .close)
        case "bad-status": self.init("HTTP/1.1 2x0 OK\r\nContent-Length: 0\r\n\r\n", .close)
        case "two-answers":
            let answer = Self.head("Content-Length: 4") + "only"
            self.init(answer + answer, .hang)
        case "101-without-upgrade": self.init("HTTP/1.1 101 Switching Protocols\r\n\r\n", .hang)
        case "bad-accept": self.init(Self.upgrade("Sec-WebSocket-Accept: AAAA"), .hang)
        case "no-accept": self.init(Self.upgrade("X-Nothing: here"), .hang)
        default: return nil
        }
    }

    private static func head(_ fields: String) -> String { "HTTP/1.1 200 OK\r\n\(fields)\r\n\r\n" }

    private static func chunked(_ body: String) -> String {
        head("Transfer-Encoding: chunked") + body
    }

    private static func upgrade(_ field: String) -> String {
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "\(field)\r\n\r\n"
    }

    private static var hugeHead: String {
        head("X-Huge: \(String(repeating: "x", count: 1 << 20))\r\nContent-Length: 0")
    }
}

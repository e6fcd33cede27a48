import Runtime
import Testing

@Suite("Heads of answers to the proxy")
struct OwnAnswerHeadTests {
    /// What is found, in words, and where it begins.
    private static func find(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var fields = HeaderFields()
        // SAFETY: bytes are plain data; the array outlives the call.
        switch unsafe OwnAnswerHead.find(in: bytes.span.bytes, fields: &fields) {
        case .incomplete(let start): return "incomplete from \(start)"
        case .invalid: return "invalid"
        case .complete(let head, let start):
            return "\(head.status.rawValue) from \(start) with \(fields.count) fields"
        }
    }

    private static let hints = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"

    @Test("Interim heads in front of the final one are passed over")
    func interim() {
        let head = "HTTP/1.1 204 Fine\r\nA: b\r\nC: d\r\n\r\n"
        #expect(Self.find(head) == "204 from 0 with 2 fields")
        #expect(Self.find(head + "rest") == "204 from 0 with 2 fields")
        let count = Self.hints.utf8.count
        #expect(Self.find(Self.hints + head) == "204 from \(count) with 2 fields")
        #expect(Self.find(Self.hints + Self.hints) == "incomplete from \(2 * count)")
        #expect(Self.find("") == "incomplete from 0")
        #expect(Self.find(Self.hints + head.dropLast()) == "incomplete from \(count)")
    }

    @Test("A switch to another protocol is final")
    func switching() {
        let head = "HTTP/1.1 101 On\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"
        #expect(Self.find(Self.hints + head).hasPrefix("101 from \(Self.hints.utf8.count)"))
    }

    @Test("What is no head, or has no end, is invalid")
    func invalid() {
        #expect(Self.find("SSH-2.0-OpenSSH\r\n\r\n") == "invalid")
        #expect(Self.find(Self.hints + "nonsense\r\n\r\n") == "invalid")
        let endless = "HTTP/1.1 200 OK\r\nA: " + String(repeating: "b", count: 70_000)
        #expect(Self.find(endless) == "invalid")
    }
}

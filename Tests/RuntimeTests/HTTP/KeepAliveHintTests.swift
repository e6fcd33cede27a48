import Runtime
import Testing

@Suite("What backends say of idle connections")
struct KeepAliveHintTests {
    private func milliseconds(_ lines: String...) -> UInt32? {
        let head = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n" + lines.map { $0 + "\r\n" }.joined()
        let bytes = Array((head + "\r\n").utf8)
        var fields = HeaderFields(capacity: 16)
        var resume = 0
        // SAFETY: the array outlives the span.
        let span = unsafe bytes.span.bytes
        guard
            case .complete = ResponseHeadParser.parse(
                span, method: .get, limits: HeadLimits(headByteCountMax: 4_096), fields: &fields,
                resume: &resume)
        else { return nil }
        return KeepAliveHint(fields, span)?.idleMillisecondsMax
    }

    @Test(
        "A connection is used up to a second before its end",
        arguments: [
            ("timeout=5", 4_000), ("timeout=5, max=100", 4_000), ("max=100,TIMEOUT=75", 74_000),
            ("timeout=2", 1_000), ("timeout=1", 500), ("timeout=0", 0), ("max=0", 0),
            ("timeout=60, max=0", 0), ("max=7", .max), ("timeout=999999999", 999_999_000),
            ("timeout=5, q, other=x", 4_000), (" timeout=5 ,, max=1 ", 4_000),
        ] as [(String, UInt32)])
    func sound(value: String, expected: UInt32) {
        #expect(milliseconds("Keep-Alive: \(value)") == expected)
    }

    @Test(
        "What can't be read in one way only says nothing",
        arguments: [
            "timeout", "timeout=", "timeout=5s", "timeout=-5", "timeout=+5", "timeout = 5",
            "timeout=5;max=3", "timeout=5 max=3", "timeout=\"5\"", "timeout=5, timeout=5",
            "timeout=5, max=x", "timeout=5, =3", "timeout=5, other=\"a", "timeout=1234567890",
            "timeout=0x5", "timeout=5, b=",
        ])
    func malformed(value: String) {
        #expect(milliseconds("Keep-Alive: \(value)") == nil)
    }

    @Test("Neither does a second field, nor none")
    func count() {
        #expect(milliseconds("Keep-Alive: timeout=5", "Keep-Alive: timeout=5") == nil)
        #expect(milliseconds("Connection: keep-alive", "Keep-Alive: timeout=5") == 4_000)
        #expect(milliseconds() == nil)
    }
}

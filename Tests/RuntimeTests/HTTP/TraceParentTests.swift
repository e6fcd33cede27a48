import RouteTable
import Runtime
import Testing

@Suite("Trace context")
struct TraceParentTests {
    private static let valid = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

    private func passed(_ lines: [String], made: String = "") -> [String] {
        let head = "GET / HTTP/1.1\r\nHost: a\r\n" + lines.map { "\($0)\r\n" }.joined() + "\r\n"
        let written = rewriteRequest(head, Forwarding(traceParent: made)) ?? "refused"
        return written.split(separator: "\r\n").map(String.init).filter {
            $0.lowercased().hasPrefix("trace")
        }
    }

    @Test("A valid one is passed on with its state")
    func passing() {
        #expect(
            passed(["TraceParent: \(Self.valid)", "tracestate: a=b"], made: "made").sorted()
                == ["traceparent: \(Self.valid)", "tracestate: a=b"])
        let later = Self.valid.replacing("00-", with: "01-", maxReplacements: 1) + "-more"
        #expect(passed(["traceparent: \(later)"], made: "made") == ["traceparent: \(later)"])
    }

    @Test(
        "Any other is replaced, and its state dropped",
        arguments: [
            "", "00", valid.uppercased(), valid + "-more", "ff" + valid.dropFirst(2),
            "00-00000000000000000000000000000000-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
            "00-0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319g-b7ad6b7169203331-01",
        ])
    func replacing(value: String) {
        #expect(
            passed(["traceparent: \(value)", "tracestate: a=b"], made: "made")
                == ["traceparent: made"])
    }

    @Test("Two are none")
    func repeated() {
        let line = "traceparent: \(Self.valid)"
        #expect(passed([line, line], made: "made") == ["traceparent: made"])
    }

    @Test("Its digits are those of its numbers")
    func digits() {
        let made = TraceParent(
            0x0123_4567_89ab_cdef, 0xfedc_ba98_7654_3210, span: 0x0f1e_2d3c_4b5a_6978,
            isRecorded: true)
        // SAFETY: the bytes are copied before the value ends.
        let text = unsafe made.bytes.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
        #expect(text == "00-0123456789abcdeffedcba9876543211-0f1e2d3c4b5a6979-01")
    }

    @Test("One that is made is valid, and says whether there is a line about the request")
    func making() {
        for (isRecorded, flags) in [(true, "01"), (false, "00")] {
            let made = TraceParent(0, 0, span: 0, isRecorded: isRecorded)
            // SAFETY: the bytes are copied before the value ends.
            let text = unsafe made.bytes.withUnsafeBytes {
                unsafe String(decoding: $0, as: UTF8.self)
            }
            #expect(text == "00-00000000000000000000000000000001-0000000000000001-\(flags)")
            #expect(passed(["traceparent: \(text)"], made: "made") == ["traceparent: \(text)"])
        }
    }
}

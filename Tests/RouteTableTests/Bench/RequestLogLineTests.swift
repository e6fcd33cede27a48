import RouteTable
import Testing

@Suite("Lines of a request log")
struct RequestLogLineTests {
    private static func request(
        _ method: String, _ host: String, _ path: String, _ kind: RequestProtocol = .http
    ) -> RequestLogLine.Reading {
        let nothing = RequestLogLine.read(Array("GET h /".utf8))
        guard case .request(var line) = nothing else { return nothing }
        line.method = Array(method.utf8)
        line.host = Array(host.utf8)
        line.path = Array(path.utf8)
        line.requestProtocol = kind
        return .request(line)
    }

    private static func read(_ text: String) -> RequestLogLine.Reading {
        RequestLogLine.read(Array(text.utf8))
    }

    @Test("Three words are a request")
    func words() {
        #expect(Self.read("GET a.test /x/%2e") == Self.request("GET", "a.test", "/x/%2e"))
        #expect(Self.read("  PUT\ta.test:81   /\r") == Self.request("PUT", "a.test:81", "/"))
    }

    @Test("A line of the access log is a request, as text and as JSON")
    func accessLog() {
        let text =
            "2026-01-02T03:04:05.678Z info access client=10.0.0.1 method=GET host=a.test "
            + "path=\"/a\\\"b\\\\ \\x01\" protocol=websocket status=101 route=r"
        #expect(Self.read(text) == Self.request("GET", "a.test", "/a\"b\\ \u{1}", .webSocket))
        let json =
            #"{"time":"t","level":"info","event":"access","method":"GET","host":null,"#
            + #" "path":"/\u00e9","protocol":"sse","agent":"\ud83d\ude00","status":200}"#
        #expect(Self.read(json) == Self.request("GET", "", "/é", .sse))
        #expect(
            Self.read("t info access client=- method=GET host=- path=/ protocol=http")
                == Self.request("GET", "", "/"))
    }

    @Test(
        "Other events, comments, blank lines and requests that had no path are passed over",
        arguments: [
            "", "   ", "# GET a /", "t info reload.done table=x routes=1", "t notice drain.begin",
            #"{"event":"reload.done"}"#,
            "t info access client=1.2.3.4 method=- host=- path=- protocol=http status=400",
            #"{"event":"access","method":"GET","path":null}"#,
        ])
    func others(line: String) { #expect(Self.read(line) == .other) }

    @Test(
        "Everything else is a mistake",
        arguments: [
            "GET /x", "GET a.test x", "a b c d", "{", "{}", #"{"method":}"#,
            #"{"method":"GET" "path":"/"}"#,
            #"{"event":"access","method":"GET"}"#, "t info access method=\"GET path=/",
            #"{"path":"\u12"}"#,
        ])
    func mistakes(line: String) {
        guard case .malformed(let reason) = Self.read(line) else {
            Issue.record("\(line) was read as \(Self.read(line))")
            return
        }
        #expect(!reason.isEmpty)
    }

    @Test("The port is the host's")
    func ports() {
        for (host, port) in [
            ("a:81", 81), ("a", nil), ("a:", nil), ("a:b", nil), ("[::1]:9", 9), ("a:70000", nil),
        ] as [(String, UInt16?)] {
            guard case .request(let line) = Self.read("GET \(host) /") else {
                Issue.record("\(host) was not read")
                continue
            }
            #expect(line.port == port, "\(host)")
        }
    }
}

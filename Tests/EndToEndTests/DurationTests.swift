import TestSupport
import Testing

/// Goal: `duration_ms` is what the client has waited for. Method: time passes while another proxy loses its patience
/// with half a head, which takes at least its `header_timeout`.
@Suite("Durations of the access log")
struct DurationTests {
    /// Less than `header_timeout`, which counts from the connection and not from what is sent behind it.
    private static let waitedMilliseconds = 100
    private let clock: OriginAndProxy

    init() throws {
        clock = try OriginAndProxy(top: "advanced: {timeout: {header_timeout: 1s}}")
    }

    /// Takes at least ``waitedMilliseconds``.
    private static func pass(_ clock: OriginAndProxy, _ path: String = "/") throws {
        let connection = try clock.proxy.connect()
        try connection.send("GET \(path) HTTP/1.1\r\n")
        guard try connection.readAnswer().status == 408 else {
            throw TestSupportError("half a head was answered")
        }
    }

    private static func milliseconds(_ line: String) throws -> Int {
        guard let range = line.firstRange(of: "\"duration_ms\":"),
            let number = Int(line[range.upperBound...].prefix { $0.isNumber })
        else { throw TestSupportError("no duration in \(line)") }
        return number
    }

    @Test("The time that forward_auth took is in, whatever it says")
    func forwardAuth() throws {
        let clock = clock
        let asked = try ScriptedBackend { connection in
            while true {
                let isGood = try connection.readHead().contains("Authorization: good")
                try Self.pass(clock)
                try connection.send(
                    "HTTP/1.1 \(isGood ? "200 OK" : "401 No")\r\nContent-Length: 0\r\n\r\n")
            }
        }
        let pair = try OriginAndProxy(
            top: """
                middlewares:
                  - name: door
                    type: auth
                    is_global: true
                    config: {forward_auth: {url: "http://127.0.0.1:\(asked.port)/"}}
                """)
        let good = try pair.proxy.request("GET", "/echo/in", fields: ["Authorization: good"])
        #expect(good.status == 200)
        #expect(try pair.proxy.request("GET", "/echo/out").status == 401)
        for path in ["/echo/in", "/echo/out"] {
            let line = try pair.proxy.accessLine(path)
            #expect(try Self.milliseconds(line) >= Self.waitedMilliseconds)
        }
    }

    @Test("A head in pieces counts from its first one")
    func slowHead() throws {
        let pair = try OriginAndProxy(options: ["--workers", "1"])
        let connection = try pair.proxy.connect()
        try connection.send("GET /bytes/2 HTTP/1.1\r\n")
        // The one worker takes what came earlier first.
        #expect(try pair.proxy.request("GET", "/bytes/1").text == "a")
        try Self.pass(clock)
        try connection.send("Host: a\r\n\r\n")
        #expect(try connection.readAnswer().text == "ab")
        #expect(
            try Self.milliseconds(pair.proxy.accessLine("/bytes/2")) >= Self.waitedMilliseconds)
    }

    @Test("So does one that is never whole")
    func lateHead() throws {
        try Self.pass(clock)
        let line = try clock.proxy.program.line(containing: "\"status\":408")
        #expect(try Self.milliseconds(line) >= Self.waitedMilliseconds)
    }
}

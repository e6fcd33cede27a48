import RouteTable
import Runtime
import Testing

@Suite("Log lines")
struct LogLineTests {
    private func text(_ bytes: [UInt8], _ append: (inout ByteWriter, RawSpan) -> Void) -> String {
        var writer = ByteWriter(capacity: 4096)
        // SAFETY: bytes are plain data; the array outlives the span.
        append(&writer, unsafe bytes.span.bytes)
        return unsafe writer.written.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
    }

    @Test(
        "A time is written in UTC with milliseconds",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (951_782_399_999, "2000-02-28T23:59:59.999Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (951_868_800_001, "2000-03-01T00:00:00.001Z"),
            (1_767_225_599_120, "2025-12-31T23:59:59.120Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
        ] as [(Int64, String)])
    func time(milliseconds: Int64, written: String) {
        let fresh = LogTime(milliseconds: milliseconds)
        var updated = LogTime(milliseconds: milliseconds &- 86_400_123)
        updated.update(to: milliseconds)
        for time in [fresh, updated] {
            let text = unsafe time.bytes.withUnsafeBytes {
                unsafe String(decoding: $0, as: UTF8.self)
            }
            #expect(text == written)
        }
    }

    @Test(
        "JSON strings escape what JSON demands and nothing else",
        arguments: [
            ([], "\"\""), (Array("plain /path?x=1".utf8), "\"plain /path?x=1\""),
            (Array("a\"b\\c\nd\re\tf".utf8), #""a\"b\\c\nd\re\tf""#),
            ([0, 1, 0x1F, 0x7F], "\"\\u0000\\u0001\\u001f\u{7F}\""),
            (Array("grüße 🙂".utf8), "\"grüße 🙂\""),
            // A lone continuation, a cut sequence, an overlong slash, a surrogate, beyond U+10FFFF.
            ([0x41, 0x80, 0x42], #""A\ufffdB""#), ([0xE2, 0x82], #""\ufffd\ufffd""#),
            ([0xC0, 0xAF], #""\ufffd\ufffd""#), ([0xED, 0xA0, 0x80], #""\ufffd\ufffd\ufffd""#),
            ([0xF4, 0x90, 0x80, 0x80], #""\ufffd\ufffd\ufffd\ufffd""#),
        ] as [([UInt8], String)])
    func json(bytes: [UInt8], written: String) {
        #expect(text(bytes) { $0.append(jsonString: $1) } == written)
    }

    @Test(
        "Text values are quoted only where they must be, and hold no controls",
        arguments: [
            ([], "-"), (Array("-".utf8), "\"-\""), (Array("/ws/room".utf8), "/ws/room"),
            (Array("two words".utf8), "\"two words\""), (Array("a\"b\\c".utf8), #""a\"b\\c""#),
            ([0x1B, 0x5B, 0x33, 0x31, 0x6D], #""\x1b[31m""#), (Array("x\ny".utf8), #""x\ny""#),
            (Array("grüße".utf8), "\"grüße\""), ([0xC2, 0x9B, 0x31], #""\xc2\x9b1""#),
            ([0xFF], #""\xff""#),
            // One byte that needs quotes, at every place of words short and long.
            (Array("abc d".utf8), "\"abc d\""), (Array("abcdefgh\"".utf8), #""abcdefgh\"""#),
            (Array("0123456789abcdef".utf8), "0123456789abcdef"),
            (Array("0123456789abcdefg h".utf8), "\"0123456789abcdefg h\""),
            (
                Array("0123456789abcdef0123456789abcdef\\".utf8),
                #""0123456789abcdef0123456789abcdef\\""#
            ),
        ] as [([UInt8], String)])
    func textValue(bytes: [UInt8], written: String) {
        #expect(text(bytes) { $0.append(textValue: $1) } == written)
    }

    private func line(
        path: [UInt8] = Array("/ws/room".utf8), route: String = "chat", format: LogFormat,
        isRouted: Bool = true
    ) -> String {
        var writer = ByteWriter(capacity: AccessLine.byteCountMax)
        let method = Array("GET".utf8)
        let host = Array("ws.example.com".utf8)
        let routeName = isRouted ? Array(route.utf8) : []
        let file = isRouted ? Array("conf/routes.yaml".utf8) : []
        let service = isRouted ? Array("chat".utf8) : []
        let requestID = isRouted ? Array("r-1".utf8) : []
        let traceID = isRouted ? Array("0af7651916cd43dd8448eb211c80319c".utf8) : []
        let table = Array("35e3832a21b03bcf".utf8)
        // SAFETY: bytes are plain data; the arrays outlive the line.
        let line = unsafe AccessLine(
            client: SocketAddress(ipv4: 0x0A01_0203, port: 4711), method: method.span.bytes,
            host: host.span.bytes, path: path.span.bytes,
            requestProtocol: .webSocket, status: isRouted ? 101 : 0, receivedByteCount: 12,
            sentByteCount: 345, totalMilliseconds: 6789, upstreamMilliseconds: isRouted ? 3 : nil,
            routeName: routeName.span.bytes, routeFile: file.span.bytes, routeLine: 14,
            service: service.span.bytes,
            upstream: isRouted ? SocketAddress(literal: "::1", port: 9000) : nil,
            faultSide: isRouted ? .upstream : .none, reason: isRouted ? "connection reset" : "",
            requestID: requestID.span.bytes, traceID: traceID.span.bytes, table: table.span.bytes)
        line.write(into: &writer, at: LogTime(milliseconds: 1_767_225_599_120), format: format)
        let isWhole = !writer.isOverflowed
        #expect(isWhole)
        return unsafe writer.written.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
    }

    @Test("An access line as text")
    func accessText() {
        #expect(
            line(format: .text) == """
                2025-12-31T23:59:59.120Z info access client=10.1.2.3:4711 method=GET \
                host=ws.example.com path=/ws/room protocol=websocket status=101 bytes_in=12 \
                bytes_out=345 duration_ms=6789 upstream_ms=3 route=chat rule=conf/routes.yaml:14 \
                service=chat upstream=[::1]:9000 fault=upstream reason="connection reset" \
                request_id=r-1 trace_id=0af7651916cd43dd8448eb211c80319c table=35e3832a21b03bcf

                """)
        #expect(
            line(format: .text, isRouted: false) == """
                2025-12-31T23:59:59.120Z info access client=10.1.2.3:4711 method=GET \
                host=ws.example.com path=/ws/room protocol=websocket status=- bytes_in=12 \
                bytes_out=345 duration_ms=6789 upstream_ms=- route=- rule=- service=- upstream=- \
                fault=- reason=- request_id=- trace_id=- table=35e3832a21b03bcf

                """)
    }

    @Test("An access line as JSON")
    func accessJSON() {
        #expect(
            line(route: #"/say "hi""#, format: .json) == #"""
                {"time":"2025-12-31T23:59:59.120Z","level":"info","event":"access",\#
                "client":"10.1.2.3:4711","method":"GET","host":"ws.example.com","path":"/ws/room",\#
                "protocol":"websocket","status":101,"bytes_in":12,"bytes_out":345,\#
                "duration_ms":6789,"upstream_ms":3,"route":"/say \"hi\"",\#
                "rule":"conf/routes.yaml:14","service":"chat","upstream":"[::1]:9000",\#
                "fault":"upstream","reason":"connection reset","request_id":"r-1",\#
                "trace_id":"0af7651916cd43dd8448eb211c80319c","table":"35e3832a21b03bcf"}

                """#)
        #expect(
            line(format: .json, isRouted: false).hasSuffix(
                #""upstream_ms":null,"route":null,"rule":null,"service":null,"upstream":null,"#
                    + #""fault":null,"reason":null,"request_id":null,"trace_id":null,"#
                    + #""table":"35e3832a21b03bcf"}"# + "\n"))
    }

    @Test(
        "The longest and worst path still makes one whole line", arguments: [LogFormat.text, .json])
    func longPath(format: LogFormat) {
        let written = line(path: [UInt8](repeating: 0x01, count: 100_000), format: format)
        #expect(written.utf8.count < AccessLine.byteCountMax)
        #expect(written.filter { $0 == "\n" }.count == 1)
        #expect(written.contains(#"01..." "#) || written.contains(#"01...","#))
    }
}

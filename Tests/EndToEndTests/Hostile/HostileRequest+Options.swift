extension HostileRequest {
    static var connectionOptions: [HostileRequest] {
        var cases: [HostileRequest] = []
        let restated = [
            "Content-Length", "content-length, host", "close-not, Content-Length", "Host",
            "X-Forwarded-For",
        ]
        cases += restated.map {
            HostileRequest(
                "connection", "Connection: \($0)", "Connection: \($0)\r\nContent-Length: 5\r\n",
                body: "hello",
                .forwarded(sentHello()))
        }
        cases.append(
            HostileRequest(
                "connection", "Connection: Transfer-Encoding",
                "Connection: Transfer-Encoding\r\nTransfer-Encoding: chunked\r\n",
                body: "5\r\nhello\r\n0\r\n\r\n",
                .forwarded(sentChunks())))
        for options in [
            "X-Y", "x-y", "close-not, X-Y", ",,X-Y,,", "keep-alive, X-Y", "\"X\", X-Y", "X-Y;, X-Y",
        ] {
            cases.append(
                HostileRequest(
                    "connection", "Connection: \(options)", line: "GET / HTTP/1.1",
                    "X-Y: 1\r\nConnection: \(options)\r\nX-Z: 2\r\n",
                    .forwarded(sentGet(fields: "X-Z: 2\r\n"))))
        }
        for options in [
            "close", "Close", "CLOSE", "keep-alive, close", "close, X", ", close",
            "x\r\nConnection: close",
        ] {
            cases.append(
                HostileRequest(
                    "connection", "Connection: \(shown(options))", line: "GET / HTTP/1.1",
                    "Connection: \(options)\r\n",
                    .forwardedLast(sentGet())))
        }
        let many = String(repeating: "a,", count: 100)
        cases.append(
            HostileRequest(
                "connection", "a hundred options", line: "GET / HTTP/1.1",
                "Connection: \(many)\r\n", .refused(400)))
        cases.append(
            HostileRequest(
                "connection", "TE: trailers", line: "GET / HTTP/1.1",
                "TE: trailers, gzip\r\nConnection: TE\r\n",
                .forwarded(
                    sent(
                        "GET / HTTP/1.1", framing: "TE: trailers\r\nConnection: TE\r\n"))))
        return cases
    }

    /// Upgrades that are none. What a real one may leave behind is tested with the answers.
    static var upgrades: [HostileRequest] {
        let key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        let version = "Sec-WebSocket-Version: 13\r\n"
        let both = "Connection: Upgrade\r\nUpgrade: websocket\r\n"
        let refused: [(String, String, String)] = [
            ("a content", "GET / HTTP/1.1", both + key + version + "Content-Length: 5\r\n"),
            ("chunks", "GET / HTTP/1.1", both + key + version + "Transfer-Encoding: chunked\r\n"),
            ("POST", "POST / HTTP/1.1", both + key + version),
            ("HEAD", "HEAD / HTTP/1.1", both + key + version),
            ("no Connection", "GET / HTTP/1.1", "Upgrade: websocket\r\n" + key + version),
            (
                "another Connection", "GET / HTTP/1.1",
                "Connection: close\r\nUpgrade: websocket\r\n" + key + version
            ),
            ("no key", "GET / HTTP/1.1", both + version),
            ("two keys", "GET / HTTP/1.1", both + key + key + version),
            (
                "a short key", "GET / HTTP/1.1",
                both + "Sec-WebSocket-Key: dGhlIHNhbXBsZQ==\r\n" + version
            ),
            (
                "a key with a line", "GET / HTTP/1.1",
                both + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=\n\r\n" + version
            ),
            (
                "a key that is none", "GET / HTTP/1.1",
                both + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ!!\r\n" + version
            ),
            ("two versions", "GET / HTTP/1.1", both + key + version + version),
            (
                "a subprotocol that is none", "GET / HTTP/1.1",
                both + key + version + "Sec-WebSocket-Protocol: a b\r\n"
            ),
            (
                "websocket in a list, and a content", "GET / HTTP/1.1",
                "Connection: Upgrade\r\nUpgrade: h2c, websocket\r\nContent-Length: 5\r\n" + key
                    + version
            ),
        ]
        var cases = refused.map {
            HostileRequest(
                "upgrade", "with \($0.0)", line: $0.1, $0.2, body: "hello", .refused(400))
        }
        for number in ["12", "8", "7", "0", "", "13, 8", "+13", "14"] {
            cases.append(
                HostileRequest(
                    "upgrade", "version '\(number)'", line: "GET / HTTP/1.1",
                    both + key + "Sec-WebSocket-Version: \(number)\r\n", .refused(426)))
        }
        // RFC 9110, 7.8: of HTTP/1.0 the field is ignored.
        cases.append(
            HostileRequest(
                "upgrade", "of HTTP/1.0", line: "GET / HTTP/1.0", both + key + version,
                .forwardedLast(sentGet(fields: key + version))))
        let ignored = [
            "h2c", "TLS/1.0", "HTTP/2.0", "websockets", "web socket", "\"websocket\"",
            "x/websocket", "h2c, foo",
        ]
        cases += ignored.map {
            HostileRequest(
                "upgrade", "to \($0)", line: "GET / HTTP/1.1",
                "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: \($0)\r\nHTTP2-Settings: AAMA\r\n",
                .forwarded(sentGet()))
        }
        return cases
    }

    static var expectations: [HostileRequest] {
        let refused = [
            "", "200-ok", "100-continue, 100-continue", "100-continue; q=1", "100 continue", "x",
            "100-continu",
        ]
        var cases = refused.map {
            HostileRequest(
                "expect", "Expect: \($0)", "Expect: \($0)\r\nContent-Length: 5\r\n", body: "hello",
                .refused(417))
        }
        cases.append(
            HostileRequest(
                "expect", "without a content", line: "GET / HTTP/1.1", "Expect: 100-continue\r\n",
                .forwarded(sentGet())))
        cases.append(
            HostileRequest(
                "expect", "with a content that is there",
                "Expect: 100-continue\r\nContent-Length: 5\r\n", body: "hello",
                .forwarded(sentHello("Expect: 100-continue\r\n"))))
        return cases
    }
}

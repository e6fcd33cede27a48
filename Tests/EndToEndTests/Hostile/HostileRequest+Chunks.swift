extension HostileRequest {
    private static func chunked(_ name: String, _ body: String, _ verdict: Verdict)
        -> HostileRequest
    {
        HostileRequest("chunks", name, "Transfer-Encoding: chunked\r\n", body: body, verdict)
    }

    /// Sizes, extensions and ends of chunks that programs read differently.
    static var chunks: [HostileRequest] {
        let sizes = [
            "", "-5", "+5", "0x5", "0X5", "x5", "5x", "5h", "g", " 5", "5 ", "\t5", "5\t", " 5;a",
            "5_0", "5,5", "5.0", "5 5", "\"5\"", "5\u{0}", "\u{0}5", "5\u{B}",
            "\u{B}5", "5\u{A0}", "5\u{FF}", "00000000000000005", "10000000000000005",
            "ffffffffffffffff", "fffffffffffffff5", "7fffffffffffffff", "8000000000000005",
            "100000000000000000005", "4000000000000000", "5\r", "\r\n5", "5\n", ";a", ";", "=5",
            "5%", "0005\u{85}", "５", "5:5",
        ]
        var cases = sizes.map {
            chunked("the size '\(shown($0))'", "\($0)\r\nhello\r\n0\r\n\r\n", .refused(400))
        }
        let extensions = [
            "5;a\n", "5;\n", "5;a\u{0}\r\n", "5;a\u{1}\r\n", "5;a\u{7F}\r\n", "5;a\rb\r\n",
            "5;a\r\r\n", "5;\r \n", "5;a=\"\n\"\r\n", "5;a=\"\r\n\"\r\n", "5;a\u{B}\r\n",
            "5\n;a\r\n", "5\r;a\r\n", "5;a=\"b;c\r\n", "5;;;\r\n", "5;\r\n", "5;\u{FF}\r\n",
            "5;a=\r\n", "5;=b\r\n", "5;a b\r\n", "5;a=b c\r\n", "5;a=\"b\"c\r\n",
            "5;a=\"b\\\"\r\n", "5;a=\"\\\r\n", "5;a \r\n", "5;a=b \r\n", "5;a=\"b\" \r\n",
            "5 \t;\r\n",
            "5;GET /smuggled HTTP/1.1\r\n", "5;a=\"\r\nGET /smuggled HTTP/1.1\r\n\r\n\"\r\n",
        ]
        cases += extensions.map {
            chunked("the size line '\(shown($0))'", "\($0)hello\r\n0\r\n\r\n", .refused(400))
        }
        let ends = [
            "5\r\nhello0\r\n\r\n", "5\r\nhello\n0\r\n\r\n", "5\r\nhello\r0\r\n\r\n",
            "5\r\nhello\n\r0\r\n\r\n", "5\r\nhello\r\r\n0\r\n\r\n", "5\r\nhello \r\n0\r\n\r\n",
            "5\r\nhelloX\r\n0\r\n\r\n", "4\r\nhello\r\n0\r\n\r\n", "6\r\nhello\r\n0\r\n\r\n",
            "5\nhello\n0\n\n", "5\rhello\r0\r\r", "5\r\nhello\r\n\r\n0\r\n\r\n",
            "5\r\nhello\r\n0\n\r\n", "5\r\nhello\r\n0\r\n\n", "5\r\nhello\r\n0\r\r\n\r\n",
            "5\r\nhello\r\n00x\r\n\r\n", "5\r\nhello\r\n-0\r\n\r\n", "5\r\nhello\r\n0 \r\n\r\n",
            "5\r\nhello\r\n0\r\n\r\u{0}", "0\r\nGET /smuggled HTTP/1.1\r\n\r\n",
            "0\r\n\rGET /smuggled HTTP/1.1\r\n\r\n",
        ]
        cases += ends.map { chunked("the chunks '\(shown($0))'", $0, .refused(400)) }
        let long = String(repeating: "a", count: 5000)
        cases.append(chunked("a long extension", "5;\(long)\r\nhello\r\n0\r\n\r\n", .refused(400)))
        let harmless: [(String, String)] = [
            ("5;a\r\nhello\r\n0\r\n\r\n", "hello"),
            ("5;a=b;c=\"d\"\r\nhello\r\n0;x\r\n\r\n", "hello"),
            ("5 ;a\r\nhello\r\n0\t; b\r\n\r\n", "hello"),
            ("5 \t; a = b ; c=\"d;\\\"e\" ;f=\"\u{FF}\"\r\nhello\r\n0\r\n\r\n", "hello"),
            ("5; a\r\nhello\r\n0\r\n\r\n", "hello"),
            ("0000000000000005\r\nhello\r\n0\r\n\r\n", "hello"),
            ("2\r\nhe\r\n3\r\nllo\r\n000\r\n\r\n", "hello"),
            ("A\r\nhellohello\r\n0\r\n\r\n", "hellohello"),
            ("a\r\nhellohello\r\n0\r\n\r\n", "hellohello"),
            ("5\r\n0\r\n\r\n\r\n0\r\n\r\n", "0\r\n\r\n"),
        ]
        cases += harmless.map { body, payload in
            let size = String(payload.utf8.count, radix: 16)
            return chunked(
                "the chunks '\(shown(body))'", body,
                .forwarded(sentChunks("\(size)\r\n\(payload)\r\n0\r\n\r\n")))
        }
        let inner = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"
        let size = String(inner.utf8.count, radix: 16)
        cases.append(
            chunked(
                "a request inside of a chunk", "\(size)\r\n\(inner)\r\n0\r\n\r\n",
                .forwarded(sentChunks("\(size)\r\n\(inner)\r\n0\r\n\r\n"))))
        return cases
    }

    /// Fields behind the content that a receiver could take for fields of the head, or for a request.
    static var trailers: [HostileRequest] {
        let refused = [
            "GET /smuggled HTTP/1.1", "A : b", " A: b", "A: b\r\n c", ": b", "A", "A: \u{0}",
            "A: b\rc", "A: b\nB: c", "A\u{0}: b", "\u{FF}: b", "A: \u{1F}", "A\t: b",
            "A: b\r\n\tGET /smuggled HTTP/1.1", "(A): b", "A: \u{7F}",
        ]
        var cases = refused.map {
            chunked("the trailer '\(shown($0))'", "5\r\nhello\r\n0\r\n\($0)\r\n\r\n", .refused(400))
        }
        let line = "X-Long: \(String(repeating: "a", count: 1000))\r\n"
        cases.append(
            chunked(
                "a large trailer", "0\r\n\(String(repeating: line, count: 9))\r\n", .refused(431)))
        cases.append(
            chunked(
                "many trailers", "0\r\n\(String(repeating: "A: b\r\n", count: 200))\r\n",
                .refused(431)))
        let dropped = [
            "Content-Length: 5", "Transfer-Encoding: chunked", "Host: evil", "Connection: close",
            "Upgrade: websocket", "X-Forwarded-For: 10.0.0.1", "X-Forwarded-Anything: 1",
            "Forwarded: for=10.0.0.1", "X-Real-IP: 10.0.0.1", "X-Request-Id: 1",
            "Content_Length: 5", "transfer_encoding: x", "Expect: 100-continue", "TE: x",
            "Authorization: Basic x", "Cookie: a=b", "Set-Cookie: a=b", "Content-Type: a/b",
            "Content-Encoding: gzip", "Content-Range: bytes 0-1/2", "Cache-Control: no-store",
            "Range: bytes=0-1", "If-Match: x", "Location: /", "Max-Forwards: 0", "Keep-Alive: 1",
            "Proxy-Connection: x", "Proxy-Authorization: Basic x", "Sec-WebSocket-Key: x",
            "Trailer: x", "Vary: *", "Host:", "HOST: x",
        ]
        cases += dropped.map {
            chunked(
                "the trailer '\($0)'", "5\r\nhello\r\n0\r\n\($0)\r\nX-Sum: 1\r\n\r\n",
                .forwarded(sentChunks("5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n")))
        }
        cases.append(
            HostileRequest(
                "trailers", "a trailer that Connection names",
                "Transfer-Encoding: chunked\r\nConnection: X-Sum\r\n",
                body: "5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n", .forwarded(sentChunks())))
        return cases
    }
}

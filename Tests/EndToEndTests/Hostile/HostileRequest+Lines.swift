extension HostileRequest {
    /// Ends of lines other than CR LF, and lines where none belong.
    static var lineEnds: [HostileRequest] {
        let raw = [
            "GET / HTTP/1.1\nHost: a\nX-Case: %N\n\n",
            "GET / HTTP/1.1\nHost: a\r\nX-Case: %N\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\nX-Case: %N\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nX-Case: %N\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nX-Case: %N\r\n\n",
            "GET / HTTP/1.1\r\nHost: a\r\nX-Case: %N\n\n",
            "GET / HTTP/1.1\rHost: a\rX-Case: %N\r\r",
            "GET / HTTP/1.1\r\rHost: a\r\nX-Case: %N\r\n\r\n",
            "GET / HTTP/1.1\r\r\nHost: a\r\nX-Case: %N\r\n\r\n",
            "GET / HTTP/1.1\n\rHost: a\r\nX-Case: %N\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\r\nX-Case: %N\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nX-Case: %N\r\n\r\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nX-Case: %N\r\n \r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nX-Case: %N\r\n\t\r\n\r\n",
            "GET / HTTP/1.1\r\n Host: a\r\nX-Case: %N\r\n\r\n",
            "GET / HTTP/1.1\r\n\tX: y\r\nHost: a\r\nX-Case: %N\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nX-Case: %N\r\nX: y\r\n z\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nX-Case: %N\r\nX:\r\n\tz\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nX-Case: %N\r\nX\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nX-Case: %N\r\n:\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nX-Case: %N\r\n: y\r\n\r\n",
            "GET / HTTP/1.1\u{85}Host: a\r\nX-Case: %N\r\n\r\n",
            "\nGET / HTTP/1.1\r\nHost: a\r\nX-Case: %N\r\n\r\n",
            "\rGET / HTTP/1.1\r\nHost: a\r\nX-Case: %N\r\n\r\n",
            " GET / HTTP/1.1\r\nHost: a\r\nX-Case: %N\r\n\r\n",
            "\tGET / HTTP/1.1\r\nHost: a\r\nX-Case: %N\r\n\r\n",
            "\u{0}GET / HTTP/1.1\r\nHost: a\r\nX-Case: %N\r\n\r\n",
            "\r\n GET / HTTP/1.1\r\nHost: a\r\nX-Case: %N\r\n\r\n",
            "\u{FEFF}GET / HTTP/1.1\r\nHost: a\r\nX-Case: %N\r\n\r\n",
            "\r\n\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\nX-Case: %N\r\n\r\n",
            "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}\u{1}\u{FC}\u{3}\u{3}\r\n\r\n",
            "\u{80}\u{2E}\u{1}\u{3}\u{1}\r\n\r\n", "SSH-2.0-OpenSSH_9.2\r\n", "EHLO a\r\n",
            "HTTP/1.1 200 OK\r\n\r\n", "\u{0}\u{0}\u{0}\u{4}\u{0}\u{0}\u{0}\u{0}\u{0}\r\n\r\n",
            "{\"X-Case\": %N}\r\n\r\n",
        ]
        var cases = raw.map { HostileRequest("lines", "'\(shown($0))'", raw: $0, .refused(400)) }
        for prefix in ["\r\n", "\r\n\r\n"] {
            cases.append(
                HostileRequest(
                    "lines", "empty lines first: '\(shown(prefix))'",
                    raw: "\(prefix)GET / HTTP/1.1\r\nHost: a\r\nX-Case: %N\r\n\r\n",
                    .forwarded(sentGet())))
        }
        return cases
    }

    /// Every byte that is in no token, in and around a name.
    static var fieldNames: [HostileRequest] {
        let token = Set("!#$%&'*+-.^_`|~0123456789".unicodeScalars.map(\.value))
        var cases: [HostileRequest] = []
        for byte in UInt32(0)...255 where byte != 0x3A {
            let isLetter = (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            guard !isLetter, !token.contains(byte), let scalar = Unicode.Scalar(byte) else {
                continue
            }
            cases.append(
                HostileRequest(
                    "names", "byte \(byte) in a name", line: "GET / HTTP/1.1",
                    "X\(Character(scalar))Y: z\r\n",
                    .refused(400)))
            // CR and LF in front of a name are the end of the head, or of a line.
            if byte == 0x0D || byte == 0x0A { continue }
            cases.append(
                HostileRequest(
                    "names", "byte \(byte) before a name", line: "GET / HTTP/1.1",
                    "\(Character(scalar))Y: z\r\n",
                    .refused(400)))
        }
        for name in ["!", "~", "*", "X!#$%&'*+-.^`|~", "0", "-", "X-Y", "x_y"] {
            cases.append(
                HostileRequest(
                    "names", "the name '\(name)'", line: "GET / HTTP/1.1", "\(name): z\r\n",
                    .forwarded(sentGet(fields: "\(name): z\r\n"))))
        }
        let lies = [
            "X-Forwarded-For: 10.0.0.1", "x-forwarded-proto: https", "X-FORWARDED-HOST: evil",
            "X-Forwarded-Port: 1", "X-Forwarded-Prefix: /admin", "X-Forwarded-Server: x",
            "Forwarded: for=10.0.0.1;host=evil", "X-Real-IP: 10.0.0.1", "X_Forwarded_For: 10.0.0.1",
            "X_Real_IP: 10.0.0.1", "X-Forwarded_For: 10.0.0.1", "Proxy-Connection: keep-alive",
            "Proxy-Authorization: Basic x", "Keep-Alive: timeout=5", "TE: gzip", "Upgrade: h2c",
            "HTTP2-Settings: AAMAAABkAAQAAP__", "Trailer: X-Sum", "Proxy-Authenticate: x",
        ]
        cases += lies.map {
            HostileRequest(
                "names", "the client's '\($0)'", line: "GET / HTTP/1.1", "\($0)\r\n",
                .forwarded(sentGet()))
        }
        return cases
    }

    /// Controls in values, and values that must arrive as they are.
    static var fieldValues: [HostileRequest] {
        var cases: [HostileRequest] = []
        for byte in Array(UInt32(0)...31) + [127] where byte != 9 {
            guard let scalar = Unicode.Scalar(byte) else { continue }
            cases.append(
                HostileRequest(
                    "values", "byte \(byte) in a value", line: "GET / HTTP/1.1",
                    "X: y\(Character(scalar))z\r\n",
                    .refused(400)))
        }
        let kept = [
            "y\tz", "\u{80}\u{FF}", "a: b: c", "GET / HTTP/1.1", "\"", "%0d%0aX: y", "\\r\\n",
            "a,b;c=d", "${jndi}",
        ]
        cases += kept.map {
            HostileRequest(
                "values", "the value '\(shown($0))'", line: "GET / HTTP/1.1", "X: \($0)\r\n",
                .forwarded(sentGet(fields: "X: \($0)\r\n")))
        }
        let many = String(repeating: "X: y\r\n", count: 200)
        cases.append(
            HostileRequest("values", "too many fields", line: "GET / HTTP/1.1", many, .refused(431))
        )
        let long = "X: \(String(repeating: "y", count: 40_000))\r\n"
        cases.append(
            HostileRequest(
                "values", "too long a field", line: "GET / HTTP/1.1", long, .refused(431)))
        return cases
    }
}

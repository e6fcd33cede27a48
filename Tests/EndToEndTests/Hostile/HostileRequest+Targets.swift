extension HostileRequest {
    static var requestLines: [HostileRequest] {
        let refused = [
            "GET\t/ HTTP/1.1", "GET /\tHTTP/1.1", "GET  / HTTP/1.1", "GET /  HTTP/1.1",
            "GET / HTTP/1.1 ", "GET / HTTP/1.1\t", "GET / HTTP/1.1 X", "GET / HTTP/1.1\u{0}",
            "GET /a b HTTP/1.1", "GET / http/1.1", "GET / HTTP/1.10", "GET / HTTP/11",
            "GET / HTTP/1", "GET / HTTP/1.", "GET / HTTP/ 1.1", "GET / HTTP/1 .1",
            "GET / HTTP/01.1", "GET / HTTP/1,1", "GET / HTTP/1.x", "GET / HTTP/x.1",
            "GET / HTTP/-1.1", "GET / HTTPS/1.1", "GET / HTP/1.1", "GET / ICAP/1.0", "GET /", "GET",
            "/ HTTP/1.1", "GET HTTP/1.1", "GET / GET / HTTP/1.1", "GET\u{B}/ HTTP/1.1",
            "GET\u{C}/ HTTP/1.1", "GET\u{A0}/ HTTP/1.1", "GET /\u{A0}HTTP/1.1", "GE(T / HTTP/1.1",
            "G@T / HTTP/1.1", "\"GET\" / HTTP/1.1", "GET: / HTTP/1.1", "GET\u{0} / HTTP/1.1",
            "G\u{C9}T / HTTP/1.1", "GET, / HTTP/1.1", "GET /\u{0} HTTP/1.1", "GET / HTTP/1.1\u{B}",
            "{} / HTTP/1.1",
        ]
        var cases = refused.map {
            HostileRequest("line", "'\(shown($0))'", line: $0, .refused(400))
        }
        let versions = ["0.9", "1.2", "1.9", "2.0", "3.0", "9.9", "0.0"]
        cases += versions.map {
            HostileRequest("line", "HTTP/\($0)", line: "GET / HTTP/\($0)", .refused(505))
        }
        let methods = [
            "TRACE / HTTP/1.1", "CONNECT a:443 HTTP/1.1", "CONNECT / HTTP/1.1",
            "CONNECT http://a/ HTTP/1.1", "TRACE * HTTP/1.1",
            "\(String(repeating: "A", count: 33)) / HTTP/1.1",
            "\(String(repeating: "A", count: 5000)) / HTTP/1.1",
        ]
        cases += methods.map {
            HostileRequest("line", String($0.prefix(50)), line: $0, .refused(501))
        }
        cases.append(
            HostileRequest(
                "line", "HTTP/2 preface", raw: "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", .refused(505)))
        cases += ["get", "Get", "trace", "M-SEARCH", "GETS", "PROPFIND"].map {
            HostileRequest(
                "line", "the method \($0)", line: "\($0) / HTTP/1.1",
                .forwarded(sent("\($0) / HTTP/1.1")))
        }
        cases.append(
            HostileRequest("line", "OPTIONS *", line: "OPTIONS * HTTP/1.1", .answered(204)))
        cases.append(
            HostileRequest("line", "HTTP/1.0", line: "GET / HTTP/1.0", .forwardedLast(sentGet())))
        cases.append(
            HostileRequest(
                "line", "HTTP/1.0 kept alive", line: "GET / HTTP/1.0", "Connection: keep-alive\r\n",
                .forwarded(sentGet())))
        return cases
    }

    static var targets: [HostileRequest] {
        let refused = [
            "*", "a", "a/b", "a:80", "?x", "#", "/#", "/a#b", "\\", "/\u{E9}", "/\u{7F}", "/\u{80}",
            "http:", "http:/", "http://", "http:/a/", "http:///", "http://@a/", "http://u@a/",
            "http://u:p@a/", "http://b/", "http://a.b/", "http://a:81/", "http://a:/",
            "http://a:99999/", "http://a:x/", "http://a b/", "http://a,b/", "http://[::1/",
            "http://::1/", "http://a%/", "http://a\\b/", "ftp://a/", "file:///etc/passwd",
            "javascript:alert(1)", "http//a/", "://a/", "http:\\\\a/", "httpx://a/", " http://a/",
        ]
        var cases = refused.map {
            HostileRequest("target", "'\(shown($0))'", line: "GET \($0) HTTP/1.1", .refused(400))
        }
        // Where the request ends is clear: it is answered, and the next one served.
        let answered = [
            "/\\", "/a\\b", "//", "//a", "/a//b", "//a/b", "/..", "/../", "/../../etc/passwd",
            "/a/../../b", "/%2e%2e/a", "/%2E%2E/..", "/a/%2e%2e/%2e%2e/%2e%2e/b", "/%00", "/a%00b",
            "/%2f", "/%2F", "/%5c", "/a%5Cb", "/%", "/%4", "/%zz", "/%4g", "/%u0041", "/a;/../b\\",
            "/%252e%252e/", "http://a//b", "http://a/../b",
        ]
        cases += answered.map {
            HostileRequest("target", "'\(shown($0))'", line: "GET \($0) HTTP/1.1", .answered(400))
        }
        cases.append(
            HostileRequest(
                "target", "too long", line: "GET /\(String(repeating: "a", count: 9000)) HTTP/1.1",
                .refused(414)))
        let kept: [(String, String)] = [
            ("/", "/"), ("http://a/", "/"), ("http://a", "/"), ("http://a?x=1", "/?x=1"),
            (
                "/%0d%0aX:%20y", "/%0D%0AX:%20y"
            ), ("/%0A", "/%0A"), ("/%c0%ae", "/%C0%AE"), ("/a%7fb", "/a%7Fb"), ("/<a>", "/<a>"),
            ("/a|b", "/a|b"),
            ("/a^b`c", "/a^b`c"), ("/\"", "/\""), ("/{a}", "/{a}"), ("ws://a/b", "/b"),
            ("/a?b?c", "/a?b?c"), ("/?", "/?"), ("/a;b=c", "/a;b=c"),
            ("/a?x=http://b/../c", "/a?x=http://b/../c"), ("/a:b@c", "/a:b@c"), ("/%41", "/A"),
            ("/a%20b", "/a%20b"), ("/%e9", "/%E9"), ("/?%00", "/?%00"),
            ("/?a=%0d%0aX:y", "/?a=%0d%0aX:y"),
        ]
        cases += kept.map { target, sent in
            HostileRequest(
                "target", "'\(target)'", line: "GET \(target) HTTP/1.1", .forwarded(sentGet(sent)))
        }
        cases.append(
            HostileRequest(
                "target", "another case of the host", line: "GET HTTP://A/b HTTP/1.1",
                .forwarded(sentGet("/b", host: "A"))))
        cases.append(
            HostileRequest(
                "target", "a default port", line: "GET http://a:80/b HTTP/1.1",
                .forwarded(sentGet("/b", host: "a:80"))))
        return cases
    }

    static var hosts: [HostileRequest] {
        let values = [
            "", " ", "a b", "a,b", "a, b", "a/b", "/", "a@b", "u:p@a", "a:b", "a:", "a:80:80",
            "a:99999", "a:+80", "a: 80", "a:-1", "a:8 0", ":80", "[::1", "::1", "[::1]x", "[g::1]",
            "[]", "[::1]:", "[::1]:x", "[::1%25eth0]", "a%", "a%zz", "a%4", "a\\b", "a?b", "a#b",
            "<a>", "a\u{E9}", "a\u{0}", "a\u{B}", "a\tb", "a\u{7F}", "\"a\"", "http://a", "a\r\n b",
            "a\rb", "a\nb", "a|b", "a^b", "a`b", "{a}", "a[b]",
        ]
        var cases = values.map {
            HostileRequest(
                "host", "the host '\(shown($0))'", line: "GET / HTTP/1.1", host: "Host: \($0)\r\n",
                .refused(400))
        }
        let lines = [
            "", "Host: a\r\nHost: a\r\n", "Host: a\r\nHost: b\r\n", "Host: a\r\nhost: a\r\n",
            "Host: a\r\nX: y\r\nHOST: b\r\n", "Host: a\r\nHost:\r\n", "Host:\r\nHost: a\r\n",
            "Host : a\r\n", " Host: a\r\n", "Host\t: a\r\n", "Host\r: a\r\n", "Host\u{0}: a\r\n",
            "Host: a\r\n Host: b\r\n", "Host_: a\r\n", "H\u{F6}st: a\r\n", "X-Host: a\r\n",
            "Host: a\r\nHost : b\r\n", "Host: a\nHost: b\r\n", "Host: a\rHost: b\r\n",
            "Host; a\r\n",
        ]
        cases += lines.map {
            HostileRequest(
                "host", "the lines '\(shown($0))'", line: "GET / HTTP/1.1", host: $0, .refused(400))
        }
        cases.append(
            HostileRequest(
                "host", "absolute without Host", line: "GET http://a/ HTTP/1.1", host: "",
                .refused(400)))
        cases.append(
            HostileRequest(
                "host", "absolute with two hosts", line: "GET http://a/ HTTP/1.1",
                host: "Host: a\r\nHost: b\r\n",
                .refused(400)))
        let kept = ["a", "A.B.Example", "a:8080", "10.0.0.1", "[::1]:80", "a-b.c"]
        cases += kept.map {
            HostileRequest(
                "host", "the host '\($0)'", line: "GET / HTTP/1.1", host: "Host: \($0)\r\n",
                .forwarded(sentGet(host: $0)))
        }
        for line in [
            "X-Host: evil", "Host-: evil", "X-HTTP-Host-Override: evil", "X-Original-URL: /admin",
        ] {
            cases.append(
                HostileRequest(
                    "host", "beside '\(line)'", line: "GET / HTTP/1.1", "\(line)\r\n",
                    .forwarded(sentGet(fields: "\(line)\r\n"))))
        }
        return cases
    }
}

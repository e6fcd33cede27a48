import Runtime
import Testing

@Suite("Host of a request")
struct RequestHostTests {
    @Test(
        "A host is accepted",
        arguments: [
            "h", "example.com", "EXAMPLE.com.", "example.com:0", "example.com:65535",
            "127.0.0.1:80",
            "[::1]", "[2001:db8::1]:443", "[::ffff:192.0.2.1]", "a_b.example", "x--y", "a%2Db", "*",
            "a!$&'()+;=~b",
        ])
    func valid(host: String) throws {
        let bytes = Array("GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n".utf8)
        let head = try #require(parseRequest(bytes).head)
        #expect(text(head.host, of: bytes) == host)
    }

    @Test(
        "What is no host is refused",
        arguments: [
            "", " ", ":80", "h:", "h:x", "h:80x", "h:65536", "h:123456", "h:-1", "h:80:80", "::1",
            "[::1", "[::1]x", "[::1]:", "[]", "[::g]", "[fe80::1%25eth0]", "h h", "h\th", "h,i",
            "h/i",
            "h?i", "h#i", "user@h", "h\\i", "\"h\"", "<h>", "h%", "h%2", "h%zz", "h\u{E9}",
            "http://h", "{h}",
        ])
    func invalid(host: String) {
        let parsed = parseRequest("GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n")
        #expect(parsed.fault == .invalidHost)
        #expect(parsed.fault?.status == .badRequest)
    }

    @Test(
        "A missing or repeated Host is refused",
        arguments: [
            ("GET / HTTP/1.1\r\n\r\n", HeadFault.missingHost),
            ("GET http://h/ HTTP/1.1\r\n\r\n", .missingHost),
            ("GET / HTTP/1.1\r\nHost: h\r\nHost: h\r\n\r\n", .repeatedHost),
            ("GET / HTTP/1.1\r\nHost: h\r\nhOST: i\r\n\r\n", .repeatedHost),
            ("GET / HTTP/1.0\r\nHost: h\r\nHost: i\r\n\r\n", .repeatedHost),
            ("GET / HTTP/1.0\r\nHost:\r\n\r\n", .invalidHost),
        ])
    func count(request: String, expected: HeadFault) {
        #expect(parseRequest(request).fault == expected)
    }

    @Test(
        "An absolute target gives host, path and query",
        arguments: [
            ("http://h/a?b", "h", "h", "/a", "b"),
            ("HTTP://H:80/a", "h", "H:80", "/a", ""),
            ("http://h", "h:80", "h", "/", ""),
            ("http://h?b", "h", "h", "/", "b"),
            ("https://h/", "h:443", "h", "/", ""),
            ("ws://h:8080/x", "H:8080", "h:8080", "/x", ""),
            ("wss://[::1]/x", "[::1]", "[::1]", "/x", ""),
            ("http://h/http://other/", "h", "h", "/http://other/", ""),
        ])
    func absolute(target: String, host: String, expected: String, path: String, query: String)
        throws
    {
        let bytes = Array("GET \(target) HTTP/1.1\r\nHost: \(host)\r\n\r\n".utf8)
        let head = try #require(parseRequest(bytes).head)
        #expect(head.targetForm == .absolute)
        #expect(text(head.host, of: bytes) == expected)
        #expect(text(head.path, of: bytes) == path)
        #expect(text(head.query, of: bytes) == query)
    }

    @Test(
        "An absolute target that disagrees with Host is refused",
        arguments: [
            ("http://h/", "i"), ("http://h/", "h:8080"), ("http://h:8080/", "h"),
            ("http://h/", "h:443"),
            ("https://h/", "h:80"), ("http://a.h/", "h"), ("http://h/", "hh"), ("ws://h/", "h:443"),
        ])
    func disagreement(target: String, host: String) {
        let parsed = parseRequest("GET \(target) HTTP/1.1\r\nHost: \(host)\r\n\r\n")
        #expect(parsed.fault == .hostDisagreesWithTarget)
    }

    @Test("HTTP/1.0 may name the host in the target alone")
    func oldAbsolute() throws {
        let bytes = Array("GET http://h/a HTTP/1.0\r\n\r\n".utf8)
        let head = try #require(parseRequest(bytes).head)
        #expect(text(head.host, of: bytes) == "h")
    }

    @Test("The asterisk belongs to OPTIONS")
    func asterisk() throws {
        let bytes = Array("OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n".utf8)
        let head = try #require(parseRequest(bytes).head)
        #expect(head.targetForm == .asterisk)
        #expect(text(head.path, of: bytes) == "*")
    }

    @Test(
        "OPTIONS of the asterisk, or of a host alone, asks the server",
        arguments: [
            ("OPTIONS *", true), ("OPTIONS http://h", true), ("OPTIONS https://h", true),
            ("OPTIONS http://h/", false), ("OPTIONS http://h?", false),
            ("OPTIONS http://h?a", false), ("OPTIONS /", false), ("GET http://h", false),
        ])
    func server(line: String, asksServer: Bool) throws {
        let head = try #require(parseRequest("\(line) HTTP/1.1\r\nHost: h\r\n\r\n").head)
        #expect(head.asksServer == asksServer)
    }
}

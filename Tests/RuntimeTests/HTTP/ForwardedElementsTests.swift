import RouteTable
import Runtime
import Testing

@Suite("What trusted proxies say in Forwarded")
struct ForwardedElementsTests {
    private static let own = #"for=192.0.2.7;proto=http;host="h""#

    private static func isValid(_ value: String) -> Bool {
        let bytes = Array(value.utf8)
        // SAFETY: the view is of bytes and is used while the array lives.
        return unsafe ForwardedElements.areValid(
            ByteRange(from: 0, to: bytes.count), in: bytes.span.bytes)
    }

    /// What the backend gets of the lines of a proxy.
    private static func forwarded(
        _ lines: [String], options: ForwardContext.Options = .clientIsTrusted
    ) throws -> [String] {
        let fields = lines.map { "Forwarded: \($0)\r\n" }.joined()
        let head = try #require(
            rewriteRequest(
                "GET / HTTP/1.1\r\nHost: h\r\n\(fields)\r\n", Forwarding(options: options)))
        return head.split(separator: "\r\n").filter { $0.hasPrefix("Forwarded: ") }
            .map { String($0.dropFirst("Forwarded: ".count)) }
    }

    @Test(
        "Lists of elements are read by their grammar",
        arguments: [
            "for=192.0.2.43", "FOR=192.0.2.43;Proto=https;by=203.0.113.60", "for=unknown",
            #"for="192.0.2.43:47011""#, #"for="[2001:db8:cafe::17]:4711""#,
            #"for="[2001:db8::1]""#, #"for="[::ffff:192.0.2.1]""#, "for=_mallory",
            #"for="_gazonk:_port""#, #"for="unknown:_p.1-2""#, "for=_a1;x=y;x=z", "x=y",
            "for=192.0.2.43, for=198.51.100.17", "for=192.0.2.43,for=198.51.100.17;by=_a",
            "for=192.0.2.43; proto=https ;host=example.com", #"host="example.com:8080""#,
            "", ",", ";", "for=_a;", ";for=_a", ", for=_a,, for=_b", "for=_a;;proto=a+b-c.d",
            #"ext="a, b; c=\"d\"""#, #"ext="""#, #"ext="\\""#,
        ])
    func valid(value: String) {
        #expect(Self.isValid(value))
    }

    @Test(
        "What is no list of elements is none",
        arguments: [
            #"for="unclosed"#, #"for="unclosed\""#, #"for="a\"#, #"""#, #"for="_a"b"#,
            #"for=_a"b""#, "for", "for=", "=_a", "for =_a", "for= _a", "for=_a for=_b",
            "for=_a;for=_b", "for=_a;FOR=_a", "proto=http;proto=https", "for=_a/proto=http",
            "for=2001:db8::1", "for=192.0.2.1:80", #"for="2001:db8::1""#, "for=[::1]",
            #"for="[192.0.2.1]""#, #"for="[::1""#, #"for="[::1]x""#, #"for="[::1]:""#,
            #"for="192.0.2.1:123456""#, #"for="192.0.2.1:8a""#, #"for="192.0.2.1:""#,
            #"for="""#, "for=_", "for=example.com", "for=256.0.0.1", #"for="\_a""#, "by=x",
            #"for=" _a""#, #"host="a,b""#, #"host="""#, #"host="user@h""#, "proto=1http",
            #"proto="ht tp""#, #"proto="http\s""#, #"proto="""#, "(=a", "for=_a, (", "a=b=c",
        ])
    func invalid(value: String) {
        #expect(!Self.isValid(value))
        // Nor is it one behind or before one that is.
        #expect(!Self.isValid("for=_ok, \(value)"))
        #expect(!Self.isValid("\(value), for=_ok"))
    }

    @Test("The element of this proxy stands behind those that can be read")
    func passed() throws {
        #expect(try Self.forwarded(["for=_a", "for=_b"]) == ["for=_a, for=_b, \(Self.own)"])
        let quoted = #"for="[::1]:80", for=_b"#
        #expect(try Self.forwarded([quoted]) == ["\(quoted), \(Self.own)"])
        #expect(try Self.forwarded(["for=_a"], options: []) == [Self.own])
    }

    @Test(
        "Of a list that can't be read nothing goes on",
        arguments: [
            [#"for="unclosed"#], ["for=_a", #"for="unclosed"#], [#"for="unclosed"#, #"_a""#],
            ["for=2001:db8::1"],
        ])
    func dropped(lines: [String]) throws {
        #expect(try Self.forwarded(lines) == [Self.own])
    }
}

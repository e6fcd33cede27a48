import RouteTable
import Testing
import Validate

@Suite("Canonical paths")
struct CanonicalPathTests {
    private static func canonical(
        _ path: String, change: (inout Settings) -> Void = { _ in }
    ) throws -> String {
        var configuration = TestConfiguration.routes([("/*", "all")])
        change(&configuration.settings)
        var table = try TestTable(configuration)
        let outcome = table.match(TestRequest(path))
        if case .refused(let refusal) = outcome { return "\(refusal)" }
        return table.canonicalPath()
    }

    @Test(
        "Paths have one form or are refused",
        arguments: [
            ("/", "/"), ("/a/b", "/a/b"), ("/a/", "/a/"), ("/%61%2d%5F%7e", "/a-_~"),
            ("/%c3%a9", "/%C3%A9"), ("/a/./b", "/a/b"), ("/a/.", "/a/"), ("/a/..", "/"),
            ("/a/b/../c", "/a/c"), ("/a/b/..", "/a/"), ("/%2e/a", "/a"), ("/a/%2E%2e/b", "/b"),
            ("/a/%2e.", "/"), ("/...", "/..."), ("/a;x=1", "/a;x=1"), ("/a%3bb", "/a%3Bb"),
            ("/%25", "/%25"), ("/a%252fb", "/a%252fb"), ("/./", "/"), ("/a/../", "/"),
            ("", "notAbsolute"), ("a", "notAbsolute"), ("*", "notAbsolute"),
            ("/%", "invalidPercentEncoding"), ("/%4", "invalidPercentEncoding"),
            ("/%zz", "invalidPercentEncoding"), ("/%%34%31", "invalidPercentEncoding"),
            ("/a b", "forbiddenByte"), ("/a\\b", "forbiddenByte"), ("/a#b", "forbiddenByte"),
            ("/a\u{7F}", "forbiddenByte"), ("/é", "forbiddenByte"), ("/a?b", "forbiddenByte"),
            ("/%00", "encodedNUL"), ("/a%2Fb", "encodedSlash"), ("/a%5cb", "encodedSlash"),
            ("//", "emptySegment"), ("/a//b", "emptySegment"), ("/a//", "emptySegment"),
            ("/..", "climbsAboveRoot"), ("/a/../..", "climbsAboveRoot"),
            ("/..;/a", "ambiguousDotSegment"), ("/a/.;x/b", "ambiguousDotSegment"),
            ("/..%3Bx", "ambiguousDotSegment"), ("/%252e%252e/a", "ambiguousDotSegment"),
            ("/%25252e", "ambiguousDotSegment"), ("/..%252fa", "ambiguousDotSegment"),
        ])
    func forms(path: String, form: String) throws {
        #expect(try Self.canonical(path) == form)
    }

    @Test(
        "Empty segments are merged where the configuration says so",
        arguments: [
            ("//", "/"), ("/a//b", "/a/b"), ("/a//", "/a/"), ("//a//..//b", "/b"),
        ])
    func mergedSlashes(path: String, form: String) throws {
        #expect(try Self.canonical(path) { $0.mergesSlashes = true } == form)
    }

    @Test(
        "Encoded slashes are kept where the configuration says so",
        arguments: [
            ("/a%2fb", "/a%2Fb"), ("/a%5Cb", "/a%5Cb"), ("/a%2f..", "ambiguousDotSegment"),
            ("/..%5cb", "ambiguousDotSegment"),
        ])
    func keptSlashes(path: String, form: String) throws {
        #expect(try Self.canonical(path) { $0.encodedSlash = .keep } == form)
    }

    @Test("Limits are exact")
    func limits() throws {
        #expect(try Self.canonical(String(repeating: "/a", count: 64)).utf8.count == 128)
        #expect(try Self.canonical(String(repeating: "/a", count: 65)) == "tooManySegments")
        #expect(
            try Self.canonical("/" + String(repeating: "a", count: 8_191)).utf8.count == 8_192)
        #expect(try Self.canonical("/" + String(repeating: "a", count: 8_192)) == "pathTooLong")
    }

    /// Goal: a canonical path is its own canonical form.
    /// Method: random strings of the bytes that mean something, from a fixed sequence of numbers.
    @Test("Canonicalising twice changes nothing", arguments: [false, true])
    func idempotence(isLenient: Bool) throws {
        var configuration = TestConfiguration.routes([("/*", "all")])
        configuration.settings.mergesSlashes = isLenient
        configuration.settings.encodedSlash = isLenient ? .keep : .refuse
        var table = try TestTable(configuration)
        let parts = ["/", ".", "%2e", "%2F", "a", ";", "%25", "2e", "%41", "%c3", "..", "%5c", "*"]
        var state: UInt64 = 7
        var accepted = 0
        for _ in 0..<4_000 {
            var path = "/"
            for _ in 0..<6 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                path += parts[Int(state >> 33) % parts.count]
            }
            if case .refused = table.match(TestRequest(path)) { continue }
            accepted += 1
            let once = table.canonicalPath()
            if case .refused(let refusal) = table.match(TestRequest(once)) {
                Issue.record("\(once) of \(path) is refused: \(refusal)")
            }
            #expect(table.canonicalPath() == once, "of \(path)")
        }
        #expect(accepted > 400)
    }

    @Test(
        "Hosts have one form or are refused",
        arguments: [
            ("EXAMPLE.com", "example.com"), ("example.com.:80", "example.com"), ("a_b-c", "a_b-c"),
            ("[2001:DB8::0:1]:443", "[2001:db8::1]"), ("[::ffff:1.2.3.4]", "[::ffff:102:304]"),
            ("", ""), ("a..b", "400"), (".a", "400"), ("a..", "400"), (".", "400"), ("a@b", "400"),
            ("a b", "400"), ("a:x", "400"), ("a/b", "400"), ("[::1", "400"), ("[::1]x", "400"),
            ("[1::2::3]", "400"), ("é", "400"), (":80", "400"),
        ])
    func hosts(host: String, form: String) throws {
        var table = try TestTable(TestConfiguration.routes([("/*", "all")]))
        let outcome = table.match(TestRequest("/", host: host))
        #expect((outcome == .refused(.invalidHost) ? "400" : table.canonicalHost()) == form)
    }

    @Test(
        "Hidden files are not found where the configuration says so",
        arguments: [
            ("/.git/config", "404"), ("/a/.env", "404"), ("/.well-known/acme", "all"),
            ("/a.b", "all"), ("/a%2F.git/config", "404"), ("/%2F.git", "404"),
            ("/a%5C.git", "404"), ("/a%2f%2egit", "404"), ("/%252egit", "404"),
            ("/a%2F.well-known", "all"), ("/a%2Fb.c", "all"), ("/a%20.git", "all"),
        ])
    func hiddenFiles(path: String, name: String) throws {
        var configuration = TestConfiguration.routes([("/*", "all")])
        configuration.settings.encodedSlash = .keep
        configuration.settings.deniesHiddenFiles = true
        var table = try TestTable(configuration)
        #expect(table.name(path) == name)
    }
}

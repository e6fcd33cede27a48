import RouteCompiler
import RouteTable
import Testing
import Validate

@Suite("The regex index")
struct RegexIndexTests {
    /// Goal: what a regex is filed under never hides a path that it matches.
    /// Method: each regex alone and among many others, on paths that it matches.
    @Test(
        "A regex is found by every path that it matches",
        arguments: [
            ("~^/api/v[0-9]+/users$", "/api/v1/users"), ("~^/api/.*/edit$", "/api/a/b/edit"),
            ("~\\.php$", "/a/b.php"), ("~needle", "/a/xneedlex/b"), ("~^/(en|fr)/x", "/fr/x"),
            ("~^/a(/.*)?$", "/a"), ("~^/a(/.*)?$", "/a/b/c"), ("~^/a(/.*)?", "/ab"),
            ("~^/a|/b$", "/x/b"), ("~^(?:/a|/b)$", "/b"), ("~^/a[^/]*$", "/abc"),
            ("~^/[^/]+$", "/x"),
            ("~^/a/", "/a/"), ("~^/a.*z$", "/a/b/z"), ("~*^/ABC/x$", "/abc/X"), ("~", "/anything"),
            ("~^/(?=ab)a", "/abc"), ("~^/([a-z])\\1$", "/aa"), ("~^/a{2}b?$", "/aa"),
            ("~^/a\\b", "/a/b"),
            ("~(?i)ABC", "/xabcx"), ("~^/x(y)?z", "/xz"), ("~^/[[:alpha:]]+$", "/abc"),
            ("~^/\\Qa.b\\E$", "/a.b"),
            ("~\\A/q\\z", "/q"), ("~^/p+$", "/ppp"), ("~^/(?<a>x|y)/(?<b>.*)$", "/y/z/w"),
        ])
    func found(pattern: String, path: String) throws {
        var alone = try TestTable(TestConfiguration.routes([(pattern, "hit")]))
        #expect(alone.name(path) == "hit")
        var routes = (0..<60).map { ("~^/other\($0)/[a-z]*/needle\($0)$", "other") }
        routes.append((pattern, "hit"))
        var among = try TestTable(TestConfiguration.routes(routes))
        #expect(among.name(path) == "hit")
    }

    @Test(
        "A regex that is a segment pattern is matched as one, in its own rank",
        arguments: [
            ("~^/users/[^/]+/chat$", "/users/5/chat", true),
            ("~^/users/[^/]+/chat$", "/users//chat", false),
            ("~^/static/.*$", "/static/", true), ("~^/static/.*$", "/static", false),
            ("~^/static(/.*)?$", "/static", true), ("~^/static(/.*)?$", "/staticx", false),
            ("~^/ws$", "/ws", true), ("~^/ws", "/wsx/y", true), ("~^/a[^/]*b$", "/ab", true),
        ])
    func lowered(pattern: String, path: String, isMatched: Bool) throws {
        let configuration = TestConfiguration.routes([("/*", "all"), (pattern, "hit")])
        let compiled = try RouteCompiler.compile(configuration)
        #expect(compiled.loweredCount == 1)
        var table = try TestTable(compiled.bytes)
        let expected = isMatched ? "hit" : path.contains("//") ? "400" : "all"
        #expect(table.name(path) == expected)
    }

    @Test("Precompiled code and sources match alike")
    func precompiled() throws {
        let routes = (0..<200).map { ("~^/r\($0)/[a-z]+(x|y)\($0)$", "r\($0)") }
        let compiled = try RouteCompiler.compile(TestConfiguration.routes(routes))
        var trusted = try TestTable(compiled.bytes, isTrusted: true)
        var untrusted = try TestTable(compiled.bytes, isTrusted: false)
        for number in stride(from: 0, to: 200, by: 7) {
            for path in ["/r\(number)/abcx\(number)", "/r\(number)/abc\(number)"] {
                #expect(trusted.name(path) == untrusted.name(path))
            }
            #expect(trusted.name("/r\(number)/abcy\(number)") == "r\(number)")
        }
    }

    @Test("A regex that exceeds its limit is an answer of its own, never no match")
    func matchLimit() throws {
        var test = TestConfiguration()
        test.host("*")
        test.route("~^/(a+)+$", "evil", priority: 1)
        test.route("/*", "all")
        var table = try TestTable(test.configuration)
        #expect(table.name("/" + String(repeating: "a", count: 40) + "!") == "503")
        #expect(table.name("/aaa") == "evil")
        #expect(table.name("/b") == "all")
    }

    @Test("A better route wins over a condition that cannot be decided")
    func expensiveCondition() throws {
        var test = TestConfiguration()
        test.host("*")
        test.route("/a", "expensive") { route in
            route.conditions.headers = [
                .init(name: "x", test: .regex(source: "^(a+)+$", ignoresCase: false))
            ]
        }
        test.route("~^/a(?=$)", "regex", priority: 1) { $0.conditions.methods = ["POST"] }
        var table = try TestTable(test.configuration)
        var request = TestRequest("/a")
        request.headers = [("X", String(repeating: "a", count: 40) + "!")]
        #expect(table.name(request) == "503")
        request.method = "POST"
        #expect(table.name(request) == "regex")
    }
}

import Testing
import Validate

@Suite("Precedence")
struct PrecedenceTests {
    @Test(
        "Path patterns match what the language says",
        arguments: [
            ("/ws", "/ws", true), ("/ws", "/ws/", false), ("/ws", "/wsx", false),
            ("/ws/*", "/ws", true), ("/ws/*", "/ws/", true), ("/ws/*", "/ws/a/b", true),
            ("/ws/*", "/wsx", false), ("/ws/*", "/", false),
            ("/", "/", true), ("/", "/a", false), ("/*", "/", true), ("/*", "/a/b", true),
            ("/users/{id}/chat", "/users/5/chat", true),
            ("/users/{id}/chat", "/users//chat", false),
            ("/users/*/chat", "/users/a/b/chat", false), ("/users/*/chat", "/users/a/chat/", false),
            ("/users/{id}", "/users/", false),
            ("/files/*.js", "/files/app.js", true), ("/files/*.js", "/files/.js", true),
            ("/files/*.js", "/files/app.jsx", false), ("/files/*.js", "/files/a/b.js", false),
            ("/rest/{path...}", "/rest", true), ("/rest/{path...}", "/rest/a/b", true),
            ("~^/v[0-9]+/.*$", "/v12/x", true), ("~^/v[0-9]+/.*$", "/v/x", false),
            ("~*^/V[0-9]+$", "/v1", true), ("^/a", "/abc", true), ("~b", "/abc", true),
        ])
    func pathPatterns(pattern: String, path: String, isMatched: Bool) throws {
        var table = try TestTable(TestConfiguration.routes([(pattern, "hit")]))
        let expected = isMatched ? "hit" : path.contains("//") ? "400" : "404"
        #expect(table.name(path) == expected)
    }

    @Test(
        "Host patterns match what the language says",
        arguments: [
            ("ws.example.com", "WS.Example.Com:8080", true),
            ("ws.example.com", "ws.example.com.", true),
            ("*.example.com", "a.b.example.com", true), ("*.example.com", "example.com", false),
            (".example.com", "example.com", true), (".example.com", "a.example.com", true),
            (".example.com", "aexample.com", false),
            ("~^(?<tenant>[a-z]+)\\.example\\.com$", "acme.example.com", true),
            ("~^(?<tenant>[a-z]+)\\.example\\.com$", "a1.example.com", false),
            ("*", "anything", true), ("[::1]", "[0:0:0:0:0:0:0:1]:80", true),
            ("10.0.0.1", "10.0.0.1", true),
        ])
    func hostPatterns(pattern: String, host: String, isMatched: Bool) throws {
        var test = TestConfiguration()
        test.host(pattern)
        test.route("/*", "hit")
        var table = try TestTable(test.configuration)
        #expect(table.name("/", host: host) == (isMatched ? "hit" : "404"))
    }

    /// The first of `patterns` wins over the others wherever it stands in the list.
    @Test(
        "Routes win in the order of the language, wherever they are listed",
        arguments: [
            (["/a", "~^/a", "/{x}", "/*"], "/a"),
            (["~^/a/", "/a/b/*", "/*"], "/a/b/c"),
            (["/a/{x}", "/a/*", "/{x}/b", "/*"], "/a/b"),
            (["/a/b*", "/a/*b", "/a/{x}"], "/a/bb"),
            (["/a/*.min.js", "/a/*.js", "/a/{x}", "/a/*"], "/a/x.min.js"),
            (["/a/b/*", "/a/{x}/c", "/a/*"], "/a/b/c"),
            (["/{x}/b*/c", "/{x}/{y}/c", "/{x}/*"], "/a/bb/c"),
            (["/a*/{x}", "/{x}/b"], "/ab/b"),
            (["/{x}", "/{x}/*"], "/a"),
        ])
    func order(patterns: [String], path: String) throws {
        var routes = patterns.enumerated().map { ($1, "route-\($0)") }
        if patterns.contains("/a/b*") {
            // Two globs with as many literal bytes: the one listed first wins.
            var table = try TestTable(TestConfiguration.routes(routes))
            #expect(table.name(path) == "route-0")
            return
        }
        for _ in patterns {
            var table = try TestTable(TestConfiguration.routes(routes))
            #expect(table.name(path) == "route-0", "\(routes)")
            routes.append(routes.removeFirst())
        }
    }

    @Test("Priority comes before everything, conditions before the order of the list")
    func priorityAndConditions() throws {
        var test = TestConfiguration()
        test.host("*")
        test.route("/a", "plain")
        test.route("/a", "conditional") { $0.conditions.methods = ["GET"] }
        test.route("~^/b", "regex")
        test.route("~^/b$", "regex-with-condition") { $0.conditions.methods = ["GET"] }
        test.route("/b/*", "urgent", priority: 1)
        var table = try TestTable(test.configuration)
        #expect(table.name("/a") == "conditional")
        #expect(table.name("/b") == "urgent")
        #expect(table.name("/bc") == "regex")
        var request = TestRequest("/a")
        request.method = "POST"
        #expect(table.name(request) == "plain")
    }

    @Test("`order: declared` takes the first that matches")
    func declaredOrder() throws {
        var test = TestConfiguration()
        test.host("*", order: .declared)
        test.route("/*", "all") { $0.conditions.methods = ["POST"] }
        test.route("~^/a", "regex")
        test.route("/a", "exact", priority: 9)
        var table = try TestTable(test.configuration)
        #expect(table.name("/a") == "regex")
        #expect(table.name("/b") == "404")
    }

    @Test(
        "Hosts win in the order of the language",
        arguments: [
            ("a.b.example.com", 80 as UInt16, "exact"), ("c.b.example.com", 80, "*.b"),
            ("b.example.com", 80, ".b apex"), ("x.example.com", 80, "*.example"),
            ("n1.test", 80, "first regex"), ("n1.tesu", 80, "second regex"),
            ("other", 80, "default"),
            ("a.b.example.com", 8080, "port"), ("other", 8080, "default"),
        ])
    func hostOrder(host: String, port: UInt16, name: String) throws {
        var test = TestConfiguration()
        for (pattern, port, name) in [
            ("*", nil, "default"), ("~^n[0-9]\\.", nil, "second regex"),
            (".b.example.com", nil, ".b apex"), ("*.example.com", nil, "*.example"),
            ("*.b.example.com", nil, "*.b"), ("a.b.example.com", nil, "exact"),
            ("*.example.com", 8080, "port"),
        ] as [(String, UInt16?, String)] {
            if name == "second regex" {
                test.host("~test$")
                test.route("/*", "first regex")
            }
            test.host(pattern, port: port)
            test.route("/*", name)
        }
        var table = try TestTable(test.configuration)
        var request = TestRequest("/", host: host)
        request.port = port
        #expect(table.name(request) == name)
    }

    @Test("The chosen host keeps the request")
    func hostKeepsRequest() throws {
        var test = TestConfiguration()
        test.host("a.test")
        test.route("/a", "a")
        test.host("b.test", target: "backup")
        test.route("/a", "b")
        test.host("*")
        test.route("/*", "all")
        var table = try TestTable(test.configuration)
        #expect(table.name("/x", host: "a.test") == "404")
        #expect(table.name("/x", host: "b.test") == "target backup")
        #expect(table.name("/x", host: "c.test") == "all")
    }
}

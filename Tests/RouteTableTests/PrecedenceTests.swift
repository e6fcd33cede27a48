import Testing
import Validate

@Suite("Precedence")
struct PrecedenceTests {
    @Test("Path patterns match what the language says", arguments: [
        ("/ws", "/ws", true), ("/ws", "/ws/", false), ("/ws", "/wsx", false),
        ("/ws/*", "/ws", true), ("/ws/*", "/ws/", true), ("/ws/*", "/ws/a/b", true),
        ("/ws/*", "/wsx", false), ("/ws/*", "/", false),
        ("/", "/", true), ("/", "/a", false), ("/*", "/", true), ("/*", "/a/b", true),
        ("/users/{id}/chat", "/users/5/chat", true), ("/users/{id}/chat", "/users//chat", false),
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

    @Test("Host patterns match what the language says", arguments: [
        ("ws.example.com", "WS.Example.Com:8080", true), ("ws.example.com", "ws.example.com.", true),
        ("*.example.com", "a.b.example.com", true), ("*.example.com", "example.com", false),
        (".example.com", "example.com", true), (".example.com", "a.example.com", true),
        (".example.com", "aexample.com", false),
        ("~^(?<tenant>[a-z]+)\\.example\\.com$", "acme.example.com", true),
        ("~^(?<tenant>[a-z]+)\\.example\\.com$", "a1.example.com", false),
        ("*", "anything", true), ("[::1]", "[0:0:0:0:0:0:0:1]:80", true), ("10.0.0.1", "10.0.0.1", true),
    ])
    func hostPatterns(pattern: String, host: String, isMatched: Bool) throws {
        var test = TestConfiguration()
        test.host(pattern)
        test.route("/*", "hit")
        var table = try TestTable(test.configuration)
        #expect(table.name("/", host: host) == (isMatched ? "hit" : "404"))
    }
}

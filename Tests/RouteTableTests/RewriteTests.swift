import Testing
import Validate

@Suite("Rewrites and redirects")
struct RewriteTests {
    private static func table(
        _ pattern: String, host: String = "*", _ change: @escaping (inout RouteRule) -> Void
    ) throws -> TestTable {
        var test = TestConfiguration()
        test.host(host)
        test.route(pattern, "route", change: change)
        return try TestTable(test.configuration)
    }

    @Test(
        "Prefixes are taken and put by whole segments",
        arguments: [
            ("/ws", "/ws", nil, "/"), ("/ws/", "/ws", nil, "/"), ("/ws/a", "/ws", nil, "/a"),
            ("/wsx", "/ws", nil, "/wsx"), ("/ws", "/ws", "/v2", "/v2"),
            ("/ws/", "/ws", "/v2", "/v2/"),
            ("/a", nil, "/v2", "/v2/a"), ("/ws/a/", "/ws", "/v2", "/v2/a/"),
        ] as [(String, String?, String?, String)])
    func prefixes(path: String, strip: String?, add: String?, forwarded: String) throws {
        var table = try Self.table("/*") {
            $0.rewrite = PathRewrite(stripPrefix: strip, addPrefix: add)
        }
        #expect(table.forwarded(TestRequest(path)) == forwarded)
    }

    @Test(
        "Templates take segments, the rest, groups of the route and of the host",
        arguments: [
            ("/users/{id}/chat", "/users/5/chat", "id", "/r/5"),
            ("/rest/{path...}", "/rest/a/b/", "path", "/r/a/b/"),
            ("/rest/{path...}", "/rest", "path", "/r/"),
            ("~^/v(?<n>[0-9]+)/x", "/v12/x", "n", "/r/12"), ("~^/(a|b)/x", "/b/x", "1", "/r/b"),
            ("~^/u/(?<id>[^/]+)$", "/u/me", "id", "/r/me"), ("/*", "/", "tenant", "/r/acme"),
        ])
    func templates(pattern: String, path: String, capture: String, forwarded: String) throws {
        var table = try Self.table(pattern, host: "~^(?<tenant>[a-z]+)\\.example\\.com$") {
            $0.rewrite = PathRewrite(path: Template(pieces: [.literal("/r/"), .capture(capture)]))
        }
        #expect(table.forwarded(TestRequest(path, host: "acme.example.com")) == forwarded)
    }

    @Test(
        "A rewritten path is canonical or refused",
        arguments: [
            ("/x/%252e%252e", nil), ("/x/b", "/a/b"),
        ] as [(String, String?)])
    func canonicalResult(path: String, forwarded: String?) throws {
        var table = try Self.table("/*") {
            $0.rewrite = PathRewrite(stripPrefix: "/x", addPrefix: "/a/q/..")
        }
        #expect(table.forwarded(TestRequest(path)) == forwarded)
    }

    @Test(
        "A rewrite makes no hidden file of a path that names none",
        arguments: [
            ("/f.git/config", nil), ("/f%2egit", nil), ("/fa/.env", nil), ("/fa.b", "/a.b"),
            ("/f.well-known/acme", "/.well-known/acme"),
        ] as [(String, String?)])
    func hiddenResult(path: String, forwarded: String?) throws {
        var test = TestConfiguration()
        test.host("*")
        test.route("~^/f(?<x>.*)$", "route") {
            $0.rewrite = PathRewrite(path: Template(pieces: [.literal("/"), .capture("x")]))
        }
        var open = try TestTable(test.configuration)
        test.configuration.settings.deniesHiddenFiles = true
        var table = try TestTable(test.configuration)
        #expect(table.forwarded(TestRequest(path)) == forwarded)
        if path == "/f.git/config" {
            #expect(open.forwarded(TestRequest(path)) == "/.git/config")
        }
    }

    @Test("A query that a rewrite would forge is refused")
    func forgedQuery() throws {
        var table = try Self.table("/*") {
            $0.rewrite = PathRewrite(path: Template(pieces: [.literal("/a?b="), .path]))
        }
        #expect(table.forwarded(TestRequest("/x")) == nil)
    }

    @Test(
        "Redirects are filled in and never hold what splits an answer",
        arguments: [
            ("/a%0d%0ab", "x=1", "https://example.com/a%0D%0Ab?x=1"),
            ("/a", "", "https://example.com/a"),
            ("/a", "x=\r\nSet-Cookie: a", nil), ("/a", "é", nil), ("/a", "a b", nil),
        ] as [(String, String, String?)])
    func redirects(path: String, query: String, location: String?) throws {
        var table = try Self.table("/*") {
            $0.action = .redirect(
                to: Template(pieces: [.literal("https://"), .host, .path, .query]), status: 308)
        }
        var request = TestRequest(path)
        request.query = query
        #expect(table.location(request) == location)
    }

    @Test(
        "What a request fills in never decides about the site that a redirect leads to",
        arguments: [
            ("/{x}", "/q/evil.test", nil), ("/{x}", "/qa", "/a"), ("/{x}", "/q", "/"),
            ("/{x}", "/q%5Cevil.test", nil), ("{x}", "/q/a", "/a"), ("{x}", "/q//evil.test", nil),
            ("{x}", "/qhttps:evil.test", nil), ("{x}", "/qjavascript:a()", nil),
            ("/new/{x}", "/q/a", "/new//a"), ("https://a.test{x}", "/q/a", "https://a.test/a"),
            ("//a.test/{x}", "/qb", "//a.test/b"),
        ] as [(String, String, String?)])
    func foreignSites(to: String, path: String, location: String?) throws {
        let pieces = to.split(separator: "{x}", omittingEmptySubsequences: false)
        var test = TestConfiguration()
        test.host("*")
        test.route("~^/q(?<x>.*)$", "route") {
            let before = pieces[0].isEmpty ? [] : [Template.Piece.literal(String(pieces[0]))]
            $0.action = .redirect(to: Template(pieces: before + [.capture("x")]), status: 302)
        }
        var table = try TestTable(test.configuration)
        #expect(table.location(TestRequest(path)) == location)
    }

    @Test("A request without a host is not redirected to one")
    func noHost() throws {
        var table = try Self.table("/*") {
            $0.action = .redirect(to: Template(pieces: [.literal("//"), .host]), status: 301)
        }
        #expect(table.location(TestRequest("/", host: "")) == nil)
    }
}

import Testing
import Validate

@Suite("Patterns")
struct PatternTests {
    private func route(_ pattern: String) throws -> RouteRule {
        let result = try read(
            """
            services: {web: {url: "http://127.0.0.1"}}
            route_rules: [{pattern: '\(pattern)', target: web}]
            """)
        let configuration = try #require(result.configuration, "\(result.text)")
        return try #require(configuration.hosts.first?.routes.first)
    }

    @Test(
        "A path pattern is read as its kind",
        arguments: [
            ("/", PathPattern.exact("/")),
            ("/ws", .exact("/ws")),
            ("/ws/", .exact("/ws/")),
            ("/*", .segments([], tail: .subtree(name: nil))),
            ("/ws/*", .segments([.literal("ws")], tail: .subtree(name: nil))),
            ("/rest/{path...}", .segments([.literal("rest")], tail: .subtree(name: "path"))),
            (
                "/users/{id}/chat",
                .segments([.literal("users"), .wildcard(name: "id"), .literal("chat")], tail: .end)
            ),
            (
                "/users/*/chat",
                .segments([.literal("users"), .wildcard(name: nil), .literal("chat")], tail: .end)
            ),
            (
                "/users/{id}/",
                .segments([.literal("users"), .wildcard(name: "id"), .literal("")], tail: .end)
            ),
            ("/files/*.js", .segments([.literal("files"), .glob(["", ".js"])], tail: .end)),
            ("/a*b*c/*", .segments([.glob(["a", "b", "c"])], tail: .subtree(name: nil))),
            ("/caf%C3%A9", .exact("/caf%C3%A9")),
            ("~^/v[0-9]+$", .regex(source: "^/v[0-9]+$", ignoresCase: false)),
            ("~*png$", .regex(source: "png$", ignoresCase: true)),
            ("^/w$", .regex(source: "^/w$", ignoresCase: false)),
        ])
    func path(text: String, expected: PathPattern) throws {
        let route = try route(text)
        #expect(route.pattern.value == expected)
        #expect(route.patternText == text)
    }

    @Test(
        "A host pattern is read as its kind and made canonical",
        arguments: [
            ("WS.Example.com.", HostPattern.exact("ws.example.com")),
            ("*.example.com", .wildcard(suffix: "example.com", includesApex: false)),
            (".Example.com", .wildcard(suffix: "example.com", includesApex: true)),
            ("*", .any),
            ("[2001:DB8::0:1]", .exact("[2001:db8::1]")),
            ("10.0.0.1", .exact("10.0.0.1")),
            ("~^a$", .regex(source: "^a$", ignoresCase: false)),
            ("~*^A$", .regex(source: "^A$", ignoresCase: true)),
        ])
    func host(text: String, expected: HostPattern) throws {
        let result = try read(
            """
            services: {web: {url: "http://127.0.0.1"}}
            host_rules: [{pattern: '\(text)', target: web}]
            """)
        let configuration = try #require(result.configuration, "\(result.text)")
        #expect(configuration.hosts.map(\.pattern.value) == [expected])
        #expect(configuration.hosts.map(\.patternText) == [text])
    }

    @Test(
        "A backend URL says what is dialled",
        arguments: [
            (
                "ws://a",
                UpstreamURL(usesTLS: false, host: "a", port: 80, basePath: "", text: "ws://a:80")
            ),
            (
                "wss://A:8443/b/",
                .init(usesTLS: true, host: "a", port: 8443, basePath: "/b", text: "wss://a:8443")
            ),
            (
                "https://[::1]/",
                .init(
                    usesTLS: true, host: "::1", port: 443, basePath: "", text: "https://[::1]:443")
            ),
            (
                "a:443",
                .init(usesTLS: true, host: "a", port: 443, basePath: "", text: "https://a:443")
            ),
            (
                "a:8080",
                .init(usesTLS: false, host: "a", port: 8080, basePath: "", text: "http://a:8080")
            ),
            ("a", .init(usesTLS: false, host: "a", port: 80, basePath: "", text: "http://a:80")),
            (
                "http://a:443",
                .init(usesTLS: false, host: "a", port: 443, basePath: "", text: "http://a:443")
            ),
        ])
    func url(text: String, expected: UpstreamURL) throws {
        let result = try read(
            """
            services: {web: {url: '\(text)'}}
            route_rules: [{pattern: /, target: web}, {pattern: /a, target: web}]
            """)
        let configuration = try #require(result.configuration, "\(result.text)")
        #expect(configuration.services[0].backends.map(\.url.value) == [expected])
    }

    @Test("A template is split into its pieces; a capture hides a built-in name")
    func template() throws {
        let result = try read(
            """
            services: {web: {url: "http://127.0.0.1"}}
            host_rules:
              - pattern: '~^(?<tenant>[a-z]+)\\.example$'
                route_rules:
                  - {pattern: '/a/{path...}', target: web, rewrite: {path: '/{tenant}/{path}'}}
                  - {pattern: '^/r(?<id>.)', redirect: {to: 'https://{host}{path}/{id}{query}', status: 307}}
            """)
        let configuration = try #require(result.configuration, "\(result.text)")
        let routes = configuration.hosts[0].routes
        #expect(
            routes[0].rewrite?.path?.pieces
                == [.literal("/"), .capture("tenant"), .literal("/"), .capture("path")])
        guard case .redirect(let to, let status) = routes[1].action else {
            Issue.record("not a redirect")
            return
        }
        #expect(status == 307)
        #expect(
            to.pieces == [
                .literal("https://"), .host, .path, .literal("/"), .capture("id"), .query,
            ])
    }
}

import MatchOracle
import RouteTable
import Testing
import Validate

/// The oracle is believed by the differential tests, so it is held against the documents by hand.
@Suite("The oracle")
struct OracleTests {
    @Test(
        "writes paths in their canonical form",
        arguments: [
            ("/", "/"), ("/a", "/a"), ("/a/", "/a/"), ("/a/./b", "/a/b"), ("/a/.", "/a/"),
            ("/a/..", "/"), ("/a/b/..", "/a/"), ("/a/b/../c", "/a/c"), ("/%61", "/a"),
            ("/%7e", "/~"), ("/%2e", "/"), ("/x/%2e%2E/y", "/y"), ("/caf%c3%a9", "/caf%C3%A9"),
            ("/a%3bb", "/a%3Bb"), ("/a;b", "/a;b"), ("/...", "/..."), ("/a%25", "/a%25"),
        ])
    func canonicalPath(raw: String, expected: String) {
        #expect(OraclePath.canonical(Array(raw.utf8), .init()) == expected)
        #expect(OraclePath.canonical(Array(expected.utf8), .init()) == expected)
    }

    @Test(
        "refuses paths that two readers would read differently",
        arguments: [
            "", "a", "*", "/%", "/%2", "/%zz", "/%00", "/a b", "/a?b", "/a\\b", "/a#b", "/é",
            "/a\u{7F}",
            "/..", "/a/../..", "/a//b", "//", "//a", "/%2f", "/a%5Cb", "/..;/a", "/a/..;x/b", "/.;",
            "/%252e%252e/a", "/.%252e", "/%25252e", "/..%3b",
            "/" + String(repeating: "a", count: 8192),
            String(repeating: "/a", count: 65),
        ])
    func refusedPath(raw: String) {
        #expect(OraclePath.canonical(Array(raw.utf8), .init()) == nil)
    }

    @Test(
        "merges slashes before it removes dot segments",
        arguments: [
            ("//", "/"), ("/a//b", "/a/b"), ("/a//", "/a/"), ("//a", "/a"), ("/a//../b", "/b"),
            ("/a/..//b", "/b"),
        ])
    func mergedSlashes(raw: String, expected: String) {
        #expect(OraclePath.canonical(Array(raw.utf8), .init(mergesSlashes: true)) == expected)
    }

    @Test(
        "keeps encoded slashes inside their segment unless they hide a dot segment",
        arguments: [
            ("/a%2fb", "/a%2Fb"), ("/%5cx", "/%5Cx"), ("/a/..%2fetc", nil), ("/..%5c..", nil),
        ])
    func keptSlashes(raw: String, expected: String?) {
        let rules = OraclePath.Rules(keepsEncodedSlash: true)
        #expect(OraclePath.canonical(Array(raw.utf8), rules) == expected)
    }

    @Test(
        "writes hosts in their canonical form",
        arguments: [
            ("A.Example.COM", "a.example.com"), ("a.b:80", "a.b"), ("a.b.", "a.b"),
            ("a.b.:80", "a.b"), ("[::1]:80", "[::1]"), ("a_b-c", "a_b-c"), ("a..b", nil),
            ("", ""), (".", nil), (":80", nil), ("a..", nil), ("u@a", nil), ("a b", nil),
            ("a:x", nil),
            ("\u{212A}.test", nil),
        ])
    func canonicalHost(raw: String, expected: String?) {
        #expect(OracleHost.canonical(raw) == expected)
    }

    @Test(
        "takes the paths that the table of patterns says",
        arguments: [
            (PathPattern.exact("/ws"), ["/ws"], ["/ws/", "/wsx", "/WS", "/"]),
            (
                .segments([.literal("ws")], tail: .subtree(name: nil)), ["/ws", "/ws/", "/ws/a/b"],
                ["/wsx", "/"]
            ),
            (.exact("/"), ["/"], ["/a"]),
            (.segments([], tail: .subtree(name: nil)), ["/", "/a", "/a/b/"], []),
            (
                .segments(
                    [.literal("users"), .wildcard(name: "id"), .literal("chat")], tail: .end),
                ["/users/7/chat"],
                ["/users//chat", "/users/7", "/users/7/8/chat", "/users/7/chat/"]
            ),
            (
                .segments([.literal("files"), .glob(["", ".js"])], tail: .end),
                ["/files/a.js", "/files/.js"], ["/files/a/b.js", "/files/a.jsx", "/files/"]
            ),
            (.segments([.glob(["a", "a"])], tail: .end), ["/aa", "/aba"], ["/a"]),
            (
                .regex(source: "^/v[0-9]+/.*$", ignoresCase: false), ["/v1/", "/v22/x"],
                ["/v/x", "/V1/"]
            ),
            (.regex(source: "^/v[0-9]+/.*$", ignoresCase: true), ["/V1/"], ["/v/x"]),
        ])
    func patterns(pattern: PathPattern, taken: [String], left: [String]) {
        for path in taken { #expect(Oracle.matches(pattern, path), "\(pattern) takes \(path)") }
        for path in left { #expect(!Oracle.matches(pattern, path), "\(pattern) leaves \(path)") }
    }
}

import TestSupport
import Testing

/// Goal: what was matched is what the upstream is sent, byte for byte. Method: many spellings of
/// paths through the real proxy; the origin says which bytes reached it.
@Suite("Canonical paths on the wire")
struct CanonicalPathTests {
    /// Two routes, so that another reading of a path would show in the prefix that it gets.
    private static func configuration(origin: UInt16, options: String = "") -> String {
        """
        advanced: {path: {\(options)}}
        services:
          plain: {url: "http://127.0.0.1:\(origin)/echo"}
        route_rules:
          - {pattern: /admin/*, target: plain, rewrite: {strip_prefix: /admin, add_prefix: /guarded}}
          - {pattern: "/user/{name}", target: plain, rewrite: {path: "/u/{name}/./x/.."}}
          - {pattern: /*, target: plain, rewrite: {add_prefix: /open}}
        """
    }

    /// `nil`: refused with 400.
    private static func expect(
        _ cases: [(sent: String, received: String?)], options: String = ""
    ) throws {
        let origin = try TestOrigin()
        let proxy = try ProxyUnderTest(configuration(origin: origin.port, options: options))
        for (sent, received) in cases {
            let answer = try proxy.request("GET", sent)
            guard let received else {
                #expect(answer.status == 400, "\(sent)")
                continue
            }
            #expect(try EchoedRequest(answer).target == "/echo" + received, "\(sent)")
        }
    }

    @Test("every spelling of one path reaches the upstream as one")
    func spellings() throws {
        try Self.expect([
            ("/admin/x", "/guarded/x"), ("/%61dmin/x", "/guarded/x"),
            ("/%61%64min/x", "/guarded/x"),
            ("/./admin/x", "/guarded/x"), ("/y/../admin/x", "/guarded/x"),
            ("/y/%2e%2E/admin/x", "/guarded/x"), ("/admin/./x", "/guarded/x"),
            ("/admin/y/..", "/guarded/"), ("/admin/../x", "/open/x"), ("/admin", "/guarded"),
            ("/adminx", "/open/adminx"), ("/ADMIN/x", "/open/ADMIN/x"),
            ("/admin/%c3%a9", "/guarded/%C3%A9"), ("/admin/%7Eme", "/guarded/~me"),
            ("/admin/a%20b", "/guarded/a%20b"), ("/admin/a;b=c", "/guarded/a;b=c"),
            ("/admin/x?q=%61/../%2e", "/guarded/x?q=%61/../%2e"), ("/admin/x?", "/guarded/x?"),
        ])
    }

    @Test("what backends read in more than one way is refused")
    func refusals() throws {
        try Self.expect(
            [
                "//admin/x", "/y//admin", "/admin%2fx", "/y%2F..%2Fadmin", "/y%5c..%5cadmin",
                "/y/..;/admin", "/y/..%3b/admin", "/y/%252e%252e/admin", "/../admin",
                "/%2e%2e/admin",
                "/admin/%00", "/admin/%", "/admin/%zz", "/admin/%4", "/y\\..\\admin",
                "/admin/\u{7f}",
                "/y/.%00./admin", "/admin/\u{e9}",
            ].map { ($0, nil) })
    }

    @Test("slashes are merged, and encoded ones kept, where the configuration says so")
    func options() throws {
        try Self.expect(
            [
                ("//admin///x", "/guarded/x"), ("/admin//", "/guarded/"),
                ("/y//..//admin/x", "/guarded/x"),
                ("/admin%2fx", nil),
            ], options: "merge_slashes: true")
        try Self.expect(
            [
                ("/admin%2fx", "/open/admin%2Fx"), ("/admin/a%2fb", "/guarded/a%2Fb"),
                ("/y%2f..%2fadmin", nil), ("/admin/..%2f", nil), ("/admin//x", nil),
            ], options: "encoded_slash: keep")
    }

    @Test("a rewritten path is canonical again, or refused")
    func rewrites() throws {
        try Self.expect([
            ("/user/ada", "/u/ada/"), ("/user/a%20b", "/u/a%20b/"), ("/user/%61", "/u/a/"),
            ("/user/..", "/open/"), ("/admin/./user", "/guarded/user"),
        ])
    }
}

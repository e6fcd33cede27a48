import Runtime
import Testing

@Suite("Origins that may open WebSockets")
struct AllowedOriginsTests {
    private static func allows(
        _ texts: [String], _ origin: String, host: String = "api.example.com"
    ) -> Bool {
        let origin = Array(origin.utf8)
        let host = Array(host.utf8)
        let spans = (origin.span, host.span)
        // SAFETY: views of bytes, which have no padding, used while the arrays live.
        return unsafe AllowedOrigins(texts).allow(spans.0.bytes, host: spans.1.bytes)
    }

    @Test(
        "An origin is compared as a whole",
        arguments: [
            ("https://example.com", true), ("HTTPS://Example.COM", true),
            ("https://example.com:443", true), ("https://example.com:8443", false),
            ("http://example.com", false), ("https://example.com.evil.org", false),
            ("https://evil.org", false), ("https://www.example.com", false), ("null", false),
            ("", false),
        ])
    func exact(origin: String, isAllowed: Bool) {
        #expect(Self.allows(["https://example.com"], origin) == isAllowed)
    }

    @Test(
        "A star stands for any depth of subdomain and nothing else",
        arguments: [
            ("https://a.example.com", true), ("https://a.b.example.com", true),
            ("https://example.com", false), ("https://.example.com", false),
            ("https://evil.org/.example.com", false), ("https://evil.org:1.example.com", false),
            ("https://user@a.example.com", false), ("http://a.example.com", false),
            ("https://aexample.com", false), ("https://a.example.com:8443", false),
        ])
    func subdomains(origin: String, isAllowed: Bool) {
        #expect(Self.allows(["https://*.example.com"], origin) == isAllowed)
    }

    @Test("A star alone allows all, null allows null")
    func words() {
        #expect(Self.allows(["*"], "https://anything.org"))
        #expect(Self.allows(["null"], "null"))
        #expect(!Self.allows(["null"], "https://a.org"))
    }

    @Test("Without a list, only pages of the request's own host are allowed")
    func ownHost() {
        #expect(Self.allows([], "https://api.example.com"))
        #expect(Self.allows([], "http://api.example.com:8080", host: "api.example.com:8080"))
        #expect(Self.allows([], "http://api.example.com", host: "API.example.com:80"))
        #expect(!Self.allows([], "https://example.com"))
        #expect(!Self.allows([], "null"))
    }
}

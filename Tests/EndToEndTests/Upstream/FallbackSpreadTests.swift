import TestSupport
import Testing

/// Goal: a service that takes over spreads requests as it does those that name it.
/// Method: `dead` is tried first by every request, and fails it; `gone` is ejected by the first one, so the others go
/// to the service that takes over at once. Whom they come to is compared with `spare` itself.
@Suite("How services that take over spread requests")
struct FallbackSpreadTests {
    private func proxy(
        _ named: NamedBackends, _ strategy: String, more: String = ""
    ) throws -> ProxyUnderTest {
        let dead = try ScriptedBackend.refusingPort()
        let proxy = try ProxyUnderTest(
            """
            advanced: {security: {trusted_proxies: [127.0.0.1]}}
            services:
              dead: {url: "http://127.0.0.1:\(dead)", fallback_service: between}
              gone:
                url: "http://127.0.0.1:\(dead)"
                fallback_service: between
                circuit_breaker: {consecutive_failures: 1}
              between: {url: "http://127.0.0.1:\(dead)", fallback_service: spare}
              spare:
                \(named.balancer(strategy, more: more))
            route_rules:
              - {pattern: /dead, target: dead}
              - {pattern: /gone, target: gone}
              - {pattern: /spare, target: spare}
            """, options: ["--workers", "1"])
        _ = try proxy.request("GET", "/gone")
        _ = try proxy.program.line(containing: "endpoint.ejected")
        return proxy
    }

    private func choices(
        _ proxy: ProxyUnderTest, _ path: String, fields: (Int) -> [String]
    ) throws -> [String] {
        try (0..<30).map { try proxy.request("GET", path, fields: fields($0)).text }
    }

    @Test(
        "One that hashes looks at its own key",
        arguments: [
            ("ip_hash", ""), ("consistent_hash", ""),
            ("consistent_hash", "hash_key: \"header:X-User\""),
            ("consistent_hash", "hash_key: \"cookie:user\""),
        ])
    func hashes(strategy: String, more: String) throws {
        let named = try NamedBackends(count: 3)
        let proxy = try proxy(named, strategy, more: more)
        let isByAddress = more.isEmpty
        let fields: (Int) -> [String] = { number in
            isByAddress
                ? ["X-Forwarded-For: 10.0.0.\(number)"]
                : ["X-User: \(number)", "Cookie: user=\(number)"]
        }
        let asked = try choices(proxy, "/spare", fields: fields)
        #expect(Set(asked).count == 3)
        #expect(try choices(proxy, "/dead", fields: fields) == asked)
        #expect(try choices(proxy, "/gone", fields: fields) == asked)
    }

    @Test("One with session affinity keeps a client at its backend", arguments: ["/dead", "/gone"])
    func affinity(path: String) throws {
        let named = try NamedBackends(count: 3)
        let proxy = try proxy(named, "round_robin", more: "session_affinity: {cookie_name: sid}")
        for _ in 0..<3 {
            let isSecure = ["X-Forwarded-Proto: https"]
            let first = try proxy.request("GET", path, fields: isSecure)
            let cookie = try #require(first.value("Set-Cookie"))
            #expect(cookie.contains("; Secure"))
            let pair = String(cookie.prefix { $0 != ";" })
            for _ in 0..<4 {
                let next = try proxy.request("GET", path, fields: ["Cookie: \(pair)"])
                #expect(next.text == first.text)
                #expect(next.value("Set-Cookie") == nil)
            }
            // One of an earlier version is good, and given anew.
            let old = try proxy.request("GET", path, fields: ["Cookie: \(pair.dropLast(8))"])
            #expect(old.text == first.text && old.value("Set-Cookie") != nil)
        }
    }
}

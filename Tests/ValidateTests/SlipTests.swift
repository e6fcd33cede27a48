import Diagnostics
import Testing
import Validate

/// What looks like a slip of the hand and is none, and slips that are told of without being refused.
@Suite("Slips of the hand")
struct SlipTests {
    private static let service = "services: {web: {url: \"http://127.0.0.1:9001\"}}\n"

    /// The diagnostics of one route with this pattern.
    private func findings(ofPattern pattern: String) throws -> ValidationResult {
        try read(Self.service + "route_rules: [{pattern: '\(pattern)', target: web}]")
    }

    @Test("A duration of any length is refused, and nothing overflows", arguments: [1, 107, 5_000])
    func longDuration(count: Int) throws {
        let text = String(repeating: "1000000000d", count: count)
        let result = try read(
            Self.service + "route_rules: [{pattern: /a, target: web}]\n"
                + "advanced: {timeout: {read_timeout: \"\(text)\"}}")
        #expect(result.codes == ["WR026"])
    }

    @Test("The target of a host that nobody knows is told of once, though no service is there")
    func unknownHostTarget() throws {
        let result = try read(
            "host_rules: [{pattern: a.example, target: web, route_rules: [{pattern: /a}]}]")
        #expect(result.codes == ["WR040"], "\(result.text)")
    }

    @Test("A number with a zero before it is decimal")
    func zeros() throws {
        let result = try read(
            """
            services:
              web: {url: "http://a", read_timeout: 030, dial_timeout: "05s", write_timeout: 00.5}
            advanced: {port: 08080, buffer_size: {read_buffer: 064KiB, write_buffer: 010000}}
            route_rules: [{pattern: /a, target: web, priority: -010}]
            """)
        let configuration = try #require(result.configuration, "\(result.text)")
        #expect(configuration.services[0].readTimeoutMilliseconds == 30_000)
        #expect(configuration.services[0].dialTimeoutMilliseconds == 5_000)
        #expect(configuration.services[0].writeTimeoutMilliseconds == 500)
        #expect(configuration.listeners.map(\.port) == [8080])
        #expect(configuration.settings.readBufferBytes == 65_536)
        #expect(configuration.settings.writeBufferBytes == 10_000)
        #expect(configuration.hosts[0].routes[0].priority == -10)
        // Those that others would read as another number.
        #expect(result.codes == ["WR137", "WR137", "WR137"], "\(result.text)")
        #expect(result.diagnostics.allSatisfy { $0.severity == .warning })
        #expect(result.diagnostics.map(\.range.start.line) == [2, 3, 4])
        #expect(result.text.contains("write `-10`, or `-8` if it is meant to be octal"))
    }

    @Test("A number from the environment may have a zero before it")
    func zeroOfTheEnvironment() throws {
        let result = try read(
            Self.service + "advanced: {port: \"${PORT}\"}\n"
                + "route_rules: [{pattern: /a, target: web}]", environment: ["PORT": "08443"])
        #expect(result.configuration?.listeners.map(\.port) == [8443], "\(result.text)")
        #expect(result.codes == [])
    }

    @Test(
        "A URL without a scheme may have `:/` in its path",
        arguments: ["10.0.0.1:8080/proxy/x:/y", "example.com:443/relay/http:/old"])
    func pathWithColon(url: String) throws {
        let result = try read(
            "services: {web: {url: \"\(url)\"}}\nroute_rules: [{pattern: /a, target: web}]")
        #expect(result.codes == [], "\(result.text)")
    }

    @Test("A scheme with one slash is told how it is written", arguments: ["http", "WSS"])
    func oneSlash(scheme: String) throws {
        let result = try read(
            "services: {web: {url: \"\(scheme):/a\"}}\nroute_rules: [{pattern: /a, target: web}]")
        #expect(result.codes == ["WR050"])
        #expect(result.text.contains("write `\(scheme)://a`"))
    }

    @Test(
        "A space that may be missing behind `~` is left alone",
        arguments: ["~ ?^/a$", "~ *^/b$"])
    func optionalSpace(pattern: String) throws {
        let result = try findings(ofPattern: pattern)
        #expect(result.configuration != nil, "\(result.text)")
        #expect(!result.codes.contains("WR136") && !result.codes.contains("WR055"))
    }

    @Test("A space behind `~` is told of, and no error", arguments: ["~ ^/a", "~*  /a", "~ a"])
    func space(pattern: String) throws {
        let result = try findings(ofPattern: pattern)
        #expect(result.configuration != nil, "\(result.text)")
        #expect(result.codes.contains("WR136"))
        #expect(result.text.contains("write `\(pattern.filter { $0 != " " })`"))
        let host = try read(
            Self.service + "host_rules: [{pattern: '~ ^a\\.test$', target: web}]")
        #expect(host.configuration != nil && host.codes.contains("WR136"), "\(host.text)")
    }

    @Test(
        "Names of dot files, and segments that end in `$`, are patterns",
        arguments: ["/.*", "/files/.*", "/price$", "/$", "/files/.*$", "/a$/b"])
    func meantPatterns(pattern: String) throws {
        let result = try findings(ofPattern: pattern)
        #expect(result.codes == [], "\(result.text)")
    }

    @Test("What is switched off is not told that it does nothing, or refuses all")
    func disabled() throws {
        func codes(_ enabled: Bool) throws -> [String] {
            try read(
                """
                middlewares:
                  - {name: c, type: cors, is_global: true, enabled: \(enabled)}
                  - {name: h, type: headers, is_global: true, enabled: \(enabled)}
                route_rules: [{pattern: /a, respond: {status: 200}}]
                """
            ).codes
        }
        #expect(try codes(false) == [])
        #expect(try codes(true) == ["WR134", "WR115"])
    }

    @Test("What is exactly to be written is said beside what looks strange")
    func strangeText() throws {
        let quotes = try findings(ofPattern: "/prix/«x»")
        #expect(quotes.codes == ["WR054"])
        #expect(quotes.text.contains("if it is meant, write `/prix/%C2%ABx%C2%BB`"))
        // A family of two: what joins them is part of the sign.
        let emoji = try findings(ofPattern: "/\u{1F468}\u{200D}\u{1F466}")
        #expect(emoji.codes == ["WR054"])
        #expect(emoji.text.contains("help: write `/%F0%9F%91%A8%E2%80%8D%F0%9F%91%A6`"))
        #expect(!emoji.text.contains("delete it"))
    }

    @Test(
        "With a default of dynamic_route, nothing is said of services that WebSockets don't get to",
        arguments: [", default: b", ""])
    func unreachedServices(fallback: String) throws {
        let result = try read(
            """
            services:
              a: {url: "ws://a", read_timeout: 20}
              b: {url: "ws://b", read_timeout: 90, fallback_service: c}
              c: {url: "ws://c", read_timeout: 40}
            middlewares:
              - {name: ws, type: websocket, config: {ping_interval: 30}}
              - {name: any, type: dynamic_route, config: {from: "cookie:x", services: {a: a}}}
              - name: dyn
                type: dynamic_route
                config: {from: "header:X-T", services: {b: b}\(fallback)}
            route_rules: [{pattern: /a, target: a, middlewares: [ws, any, dyn]}]
            """)
        #expect(result.codes == (fallback.isEmpty ? ["WR119"] : []), "\(result.text)")
    }

    @Test("Whoever names an authority and verifies nothing is told what to remove")
    func unverified() throws {
        let result = try read(
            """
            services: {web: {url: "https://a", tls: {ca: ca.pem, insecure_skip_verify: true}}}
            route_rules: [{pattern: /a, target: web}]
            """)
        #expect(Set(result.codes) == ["WR111", "WR115"], "\(result.text)")
        #expect(result.codes.count == 2)
        #expect(result.text.contains("`ca` has no effect beside `insecure_skip_verify`"))
        #expect(result.text.contains("remove `insecure_skip_verify`: `ca` names the authority"))
    }
}

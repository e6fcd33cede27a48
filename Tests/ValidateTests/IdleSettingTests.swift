import Diagnostics
import RouteSyntax
import Testing
import Validate

/// What is accepted and does nothing, by what else the configuration says.
@Suite("Settings without effect")
struct IdleSettingTests {
    private func read(_ text: String) throws -> ValidationResult {
        try ConfigurationReader.read(
            "main.yaml", from: MemoryFiles(files: ["main.yaml": text]), environment: Environment())
    }

    /// A service with these settings beside its URL, and a route to it.
    private func read(service settings: String, more: String = "") throws -> ValidationResult {
        try read(
            """
            services:
              web: {url: "http://a", \(settings)}
              spare: {url: "http://b"}
            route_rules: [{pattern: /a, target: web}, {pattern: /b, target: spare}]
            \(more)
            """)
    }

    // MARK: Retries

    @Test("An empty `on` turns retries off, and is not told of beside nothing else")
    func retriesOff() throws {
        let result = try read(service: "retry: {on: []}")
        #expect(result.codes == [], "\(result.text)")
        let retry = try #require(result.configuration?.services[0].retry)
        #expect(retry.triggers.isEmpty)
    }

    @Test(
        "What is said of retries beside an empty `on` does nothing",
        arguments: ["attempts: 5", "backoff: 1s", "max_backoff: 5s", "attempts: 5, backoff: 1s"])
    func idleRetry(settings: String) throws {
        let result = try read(service: "retry: {\(settings), on: []}")
        #expect(result.codes == ["WR115"], "\(result.text)")
        #expect(result.text.contains("has no effect: `on` is empty, so nothing is tried again"))
        #expect(try read(service: "retry: {\(settings), on: [502]}").codes == [])
    }

    @Test("What is merged in does something where it stands")
    func mergedSettings() throws {
        func text(_ first: String, _ second: String) -> String {
            """
            services:
              a:
                url: "https://a"
                \(first)
              b: {url: "https://b", \(second)}
            route_rules: [{pattern: /a, target: a}, {pattern: /b, target: b}]
            """
        }
        let retry = "retry: &x\n      attempts: 4\n      on: [502]"
        let merged = try read(text(retry, "retry: {<<: *x, on: []}"))
        #expect(merged.codes == [], "\(merged.text)")
        let own = try read(text(retry, "retry: {<<: *x, attempts: 2, on: []}"))
        #expect(own.text.contains("main.yaml:7:41: warning: `attempts` has no"), "\(own.text)")
        let block = try read(text("retry:\n      on: []\n      attempts: 4", "read_timeout: 5s"))
        #expect(block.codes == ["WR115"], "\(block.text)")
        let tls = try read(
            text("tls: &x {ca: /ca.pem}", "tls: {<<: *x, insecure_skip_verify: true}"))
        #expect(!tls.codes.contains("WR115"), "\(tls.text)")
    }

    @Test(
        "Who wants no retries is told how",
        arguments: [
            ("{attempts: 0}", "WR028"), ("{attempts: 00}", "WR028"),
            ("{attempts: \"0\"}", "WR028"), ("none", "WR021"), ("off", "WR021"),
            ("false", "WR021"), ("{on: none}", "WR021"), ("{on: false}", "WR021"),
            ("{on: [none]}", "WR029"),
        ])
    func unwantedRetries(value: String, code: String) throws {
        let result = try read(service: "retry: \(value)")
        #expect(result.codes == [code], "\(result.text)")
        #expect(result.text.contains("help: to have nothing tried again, write `retry: {on: []}`"))
    }

    // MARK: Paths of own requests

    @Test(
        "What is advised for a path is accepted",
        arguments: [
            ("hook", "write `/hook`"),
            ("https://h/x", "write only the path: host and port are the service's"),
            ("a b", "write it as `%20`"),
            ("h#x", "remove what begins with it, or write it as `%23`"),
        ])
    func relativePaths(path: String, advice: String) throws {
        let alerts =
            "alerts: {x: {metric: connections, above: 5, webhook: "
            + "{service: spare, path: \"\(path)\"}}}"
        let results = [
            try read(service: "health_check: {path: \"\(path)\"}"),
            try read(service: "read_timeout: 5s", more: alerts),
        ]
        for result in results {
            #expect(result.text.contains("begins with `/`"), "\(result.text)")
            let helps = result.text.split(separator: "\n").filter { $0.contains("help: ") }
            #expect(helps.map { $0.contains("help: \(advice)") } == [true], "\(result.text)")
        }
    }

    // MARK: Fallbacks

    @Test("`fallback: none` beside `fallback_service` needs something that it leaves out")
    func fallbackNone() throws {
        let result = try read(service: "fallback_service: spare, fallback: none")
        #expect(result.codes == ["WR115"], "\(result.text)")
        #expect(result.text.contains("main.yaml:2:61: warning: `fallback: none` has no effect"))
        let common = "fallback: {answer: {body: sorry}}"
        let meant = try read(service: "fallback_service: spare, fallback: none", more: common)
        #expect(meant.codes == [], "\(meant.text)")
        #expect(meant.configuration?.services[0].fallbackService == 1)
        #expect(meant.configuration?.services[0].fallback.answer == nil)
        #expect(try read(service: "fallback: none").codes == [])
    }

    // MARK: Pings

    /// Routes to `web`, which may ping, and to `spare`, behind a `websocket` that waits for pongs.
    private func pings(
        service: String = "", policy: String = "pong_timeout: 5s", route: String = "",
        middleware: String = ""
    ) throws -> ValidationResult {
        try read(
            """
            services:
              web: {url: "http://a"\(service)}
              spare: {url: "http://b"}
            middlewares: [{name: ws, type: websocket\(middleware), config: {\(policy)}}]
            route_rules:
              - {pattern: /a, target: web, middlewares: [ws]\(route)}
              - {pattern: /b, target: spare, middlewares: [ws]}
            """)
    }

    @Test("A time for pongs needs pings: the middleware's own or those of one of its services")
    func pongTimeout() throws {
        let idle = try pings()
        #expect(idle.codes == ["WR115"], "\(idle.text)")
        #expect(
            idle.text.contains("main.yaml:4:22: warning: the `pong_timeout` of `ws` has no effect"))
        #expect(try pings(policy: "pong_timeout: 5s, ping_interval: 20s").codes == [])
        #expect(try pings(policy: "ping_interval: 20s").codes == [])
        #expect(try pings(service: ", ping_interval: 20s").codes == [])
        #expect(try pings(middleware: ", enabled: false").codes == [])
    }

    @Test("A service that takes over or that is picked may be the one that pings")
    func pongTimeoutByDetour() throws {
        func codes(_ spare: String, _ middleware: String = "") throws -> [String] {
            try read(
                """
                services:
                  web: {url: "http://a"\(spare)}
                  far: {url: "http://b", ping_interval: 20s}
                middlewares:
                  - {name: ws, type: websocket, config: {pong_timeout: 5s}}
                  - {name: pick, type: dynamic_route, config: {from: "header:X", services: {far: far}}}
                route_rules:
                  - {pattern: /a, target: web, middlewares: [ws\(middleware)]}
                  - {pattern: /b, target: far, middlewares: [pick]}
                """
            ).codes
        }
        #expect(try codes("") == ["WR115"])
        #expect(try codes(", fallback_service: far") == [])
        #expect(try codes("", ", pick") == [])
    }

    @Test("What counts is the innermost `websocket`")
    func pongTimeoutOfOuter() throws {
        func codes(_ inner: String) throws -> [String] {
            try read(
                """
                services: {web: {url: "http://a"}}
                middlewares:
                  - {name: base, type: websocket, is_global: true, config: {pong_timeout: 5s}}
                  - {name: live, type: websocket, config: {\(inner)}}
                route_rules: [{pattern: /a, target: web, middlewares: [live]}]
                """
            ).codes
        }
        #expect(try codes("ping_interval: 20s") == [])
        #expect(try codes("pong_timeout: 7s") == ["WR115"])
    }

    @Test("Pings that services share by an anchor do something if they do for one of them")
    func sharedPingInterval() throws {
        func result(_ kind: String) throws -> ValidationResult {
            try read(
                """
                services:
                  chat: &defaults
                    url: "http://a"
                    ping_interval: 20s
                  api: {<<: *defaults, url: "http://b"}
                  more: {<<: *defaults, url: "http://c"}
                route_rules:
                  - {pattern: /a, target: chat, match: {protocol: \(kind)}}
                  - {pattern: /b, target: api, match: {protocol: http}}
                  - {pattern: /c, target: more, match: {protocol: sse}}
                """)
        }
        #expect(try !result("websocket").codes.contains("WR115"))
        let idle = try result("http")
        #expect(idle.codes == ["WR115"], "\(idle.text)")
        #expect(idle.text.contains("main.yaml:4:5: warning: the `ping_interval` of `chat` has no"))
    }

    @Test("A long line of fallbacks behind many routes is followed once")
    func longLine() throws {
        let count = 4_000
        var text = "services:\n"
        for index in 0..<count {
            let next = index + 1 < count ? ", fallback_service: s\(index + 1)" : ""
            text += "  s\(index): {url: \"http://a\", ping_interval: 20s\(next)}\n"
        }
        text += "route_rules: [{pattern: /a, target: s0}, {pattern: /b, target: s9}]\n"
        let result = try read(text)
        #expect(result.codes == [], "\(result.text.prefix(500))")
    }

    @Test("A service's pings need a route that takes WebSockets", arguments: ["http", "sse"])
    func pingInterval(kind: String) throws {
        func result(_ other: String) throws -> ValidationResult {
            try read(
                """
                services:
                  web: {url: "http://a", ping_interval: 20s}
                  front: {url: "http://b", fallback_service: web}
                route_rules:
                  - {pattern: /a, target: web, match: {protocol: \(kind)}}
                  - {pattern: /b, target: \(other)}
                """)
        }
        let idle = try result("front, match: {protocol: http}")
        #expect(idle.codes == ["WR115"], "\(idle.text)")
        #expect(idle.text.contains("main.yaml:2:26: warning: the `ping_interval` of `web` has no"))
        #expect(try result("front").codes == [])
        #expect(try !result("web, match: {protocol: websocket}").codes.contains("WR115"))
    }

    @Test("An `sse` does nothing for what is only asked for as a WebSocket")
    func eventsOfWebSockets() throws {
        func codes(_ kind: String) throws -> [String] {
            try read(
                """
                services: {web: {url: "http://a"}}
                middlewares: [{name: events, type: sse, config: {retry: 5s}}]
                route_rules:
                  - {pattern: /a, target: web, match: {protocol: \(kind)}, middlewares: [events]}
                """
            ).codes
        }
        #expect(try codes("websocket") == ["WR115"])
        #expect(try codes("http") == [])
        #expect(try codes("sse") == [])
    }
}

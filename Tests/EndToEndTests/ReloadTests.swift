import TestSupport
import Testing

@Suite("Streams and reloads")
struct ReloadTests {
    private static func configuration(
        _ services: [String: UInt16], routes: String, middlewares: String = "heartbeat_interval: 1h"
    ) -> String {
        let lines = services.sorted { $0.key < $1.key }
            .map { "  \($0.key): {url: \"http://127.0.0.1:\($0.value)\"}" }
        return """
            middlewares: [{name: sse, is_global: true, config: {\(middlewares)}}]
            services:
            \(lines.joined(separator: "\n"))
            route_rules:
            \(routes)
            """
    }

    private static func route(_ path: String, _ target: String, _ more: String = "") -> String {
        "  - {pattern: \(path), target: \(target)\(more)}\n"
    }

    private static func proxy(_ configuration: String) throws -> ProxyUnderTest {
        try ProxyUnderTest(configuration, options: ["--workers", "1"])
    }

    /// Goal: a stream outlives reloads that do not concern it, and holds no old table. Method: routes before and
    /// behind its own come and go, so that every index in the table changes.
    @Test("A reload that does not change a stream's route leaves it alone")
    func unchanged() throws {
        let backend = try EventBackend(
            [EventBackend.chunked] + (1...4).map { EventBackend.chunk("data: \($0)\n\n") })
        let kept = Self.route("/events", "origin")
        let before = Self.configuration(["origin": backend.port], routes: kept)
        let proxy = try Self.proxy(before)
        let client = try proxy.connect()
        _ = try client.openEvents("GET", "/events")
        let other = try ScriptedBackend.refusingPort()
        let changes = [
            before,
            Self.configuration(
                ["origin": backend.port, "a": other],
                routes: Self.route("/a", "a") + kept + Self.route("/z/*", "a")),
            Self.configuration(["b": other, "origin": backend.port], routes: kept)
                .replacing("is_global: true, ", with: "is_global: true, type: sse, "),
            before,
        ]
        for (round, change) in changes.enumerated() {
            try proxy.reload(change)
            backend.goOn()
            #expect(try client.readText() == "data: \(round + 1)\n\n")
        }
        client.end()
        try Deadline.poll("the backend is left") { backend.endedCount == 1 }
        #expect(try proxy.accessLine("/events").contains("\"service\":\"origin\""))
    }

    @Test(
        "A reload that removes or changes a route ends its streams, and no others",
        arguments: [
            "", "/gone, target: other", "/gone, target: gone, match: {methods: [GET]}",
            "/gone, target: gone, rewrite: {add_prefix: /x}",
        ])
    func changedRoute(rule: String) throws {
        let gone = try EventBackend([EventBackend.chunked])
        let stays = try EventBackend([EventBackend.chunked, EventBackend.chunk("data: 1\n\n")])
        let services = ["gone": gone.port, "other": gone.port, "stays": stays.port]
        let kept = Self.route("/stays", "stays")
        let proxy = try Self.proxy(
            Self.configuration(services, routes: Self.route("/gone", "gone") + kept))
        let first = try proxy.connect()
        _ = try first.openEvents("GET", "/gone")
        let second = try proxy.connect()
        _ = try second.openEvents("GET", "/stays")
        let changed = rule.isEmpty ? "" : "  - {pattern: \(rule)}\n"
        try proxy.reload(Self.configuration(services, routes: changed + kept))
        let text = try first.readEvents()
        #expect(text.hasPrefix("retry: "))
        #expect(try proxy.accessLine("/gone").contains("ended by a reload"))
        stays.goOn()
        #expect(try second.readText() == "data: 1\n\n")
    }

    /// Goal: a stream whose answer comes two tables after its request lives on if its rule does. Method: an interim
    /// answer says that the request was matched; who were ended would be so within a second, before the
    /// first heartbeat.
    @Test("A stream that begins after two reloads belongs to the last table")
    func openedLate() throws {
        let backend = try EventBackend([
            "HTTP/1.1 103 Early Hints\r\n\r\n", EventBackend.chunked,
        ])
        let kept = Self.route("/events", "origin")
        func configuration(_ routes: String) -> String {
            Self.configuration(
                ["origin": backend.port], routes: routes,
                middlewares: "heartbeat_interval: 1500ms")
        }
        let proxy = try Self.proxy(configuration(kept))
        let client = try proxy.connect()
        #expect(try client.openEvents("GET", "/events")[0].contains("103"))
        try proxy.reload(configuration(Self.route("/a", "origin") + kept))
        try proxy.reload(configuration(kept + Self.route("/z/*", "origin")))
        backend.goOn()
        #expect(try client.readHead()[0].contains("200"))
        let heartbeat = ": \n\n"
        #expect(try client.readText() == heartbeat)
        try proxy.reload(configuration(Self.route("/other", "origin")))
        // A reload may take longer than it is to the next heartbeat.
        #expect(try client.readEvents().replacing(heartbeat, with: "").hasPrefix("retry: "))
    }

    @Test(
        "A reload that changes what a route goes through, or its backend, ends its streams",
        arguments: ["middleware", "backend", "proxy_host"])
    func changedSurroundings(what: String) throws {
        let backend = try EventBackend([EventBackend.chunked])
        let other = try EventBackend([EventBackend.chunked])
        let kept = Self.route("/events", "origin")
        let before = Self.configuration(["origin": backend.port], routes: kept)
        let proxy = try Self.proxy(before)
        let client = try proxy.connect()
        _ = try client.openEvents("GET", "/events")
        let after =
            switch what {
            case "middleware":
                Self.configuration(
                    ["origin": backend.port], routes: kept, middlewares: "heartbeat_interval: 2h")
            case "backend": Self.configuration(["origin": other.port], routes: kept)
            default: before.replacing("{url: ", with: "{proxy_host: other.example, url: ")
            }
        try proxy.reload(after)
        #expect(try client.readEvents().hasPrefix("retry: "))
    }

    @Test("A backend that joins its service does not touch the streams that are there")
    func moreBackends() throws {
        let backend = try EventBackend([EventBackend.chunked, EventBackend.chunk("data: 1\n\n")])
        let other = try ScriptedBackend.refusingPort()
        func configuration(_ ports: [UInt16]) -> String {
            let list = ports.map { "{url: \"http://127.0.0.1:\($0)\"}" }.joined(separator: ", ")
            return """
                services: {origin: {load_balancer: {backends: [\(list)]}}}
                route_rules: [{pattern: /*, target: origin}]
                """
        }
        let proxy = try Self.proxy(configuration([backend.port]))
        let client = try proxy.connect()
        _ = try client.openEvents("GET", "/events")
        try proxy.reload(configuration([other, backend.port]))
        backend.goOn()
        #expect(try client.readText() == "data: 1\n\n")
    }

    @Test("A stream that goes to a host's own target lives as long as that")
    func hostTarget() throws {
        let backend = try EventBackend([EventBackend.chunked, EventBackend.chunk("data: 1\n\n")])
        let services = "services: {origin: {url: \"http://127.0.0.1:\(backend.port)\"}}\n"
        let host = "host_rules: [{pattern: test.example, target: origin}]\n"
        let proxy = try Self.proxy(services + host)
        let client = try proxy.connect()
        _ = try client.openEvents("GET", "/events")
        let respond = "route_rules: [{pattern: /*, respond: {status: 200, body: x}}]\n"
        try proxy.reload(services + host + respond)
        backend.goOn()
        #expect(try client.readText() == "data: 1\n\n")
        try proxy.reload(respond)
        #expect(try client.readEvents().hasPrefix("retry: "))
    }

    @Test("A WebSocket whose route is removed is ended, and others live on")
    func webSockets() throws {
        let origin = try TestOrigin()
        let services = ["origin": origin.port]
        let kept = Self.route("/ws", "origin")
        let proxy = try Self.proxy(
            Self.configuration(services, routes: kept + Self.route("/*", "origin")))
        let stays = try proxy.connect()
        #expect(try stays.upgrade("/ws").status == 101)
        let goes = try proxy.connect()
        #expect(try goes.upgrade("/ws/room").status == 101)
        try proxy.reload(Self.configuration(services, routes: kept))
        let close = try goes.readFrame()
        #expect(close.opcode == 8)
        #expect(Array(close.payload.prefix(2)) == [0x03, 0xF4])
        try goes.send(bytes: TestConnection.frame(8, Array(close.payload.prefix(2))))
        #expect(try goes.isAtEnd())
        try stays.sendFrame(1, "still here")
        #expect(try stays.readFrame() == (1, Array("still here".utf8)))
    }
}

import Foundation
import TestSupport
import Testing

@Suite("Metrics")
struct MetricsTests {
    @Test("Requests are counted by route, method and status, with their times and bytes")
    func requests() throws {
        let origin = try TestOrigin()
        let admin = try AdminUnderTest(
            """
            services: {origin: {url: "http://127.0.0.1:\(origin.port)"}}
            route_rules:
              - {pattern: /echo, name: app, target: origin}
              - {pattern: /gone, name: gone, respond: {status: 410, body: gone}}

            """)
        for _ in 0..<3 { _ = try admin.proxy.request("GET", "/echo") }
        _ = try admin.proxy.request("POST", "/echo", body: "hello")
        _ = try admin.proxy.request("GET", "/gone")
        _ = try admin.proxy.request("GET", "/nothing")
        let bad = try admin.proxy.connect()
        try bad.send("garbage\r\n\r\n")
        _ = try bad.readAnswer()
        try admin.awaitSample("wsproxy_own_duration_seconds_count", 6)
        func count(_ route: String, _ method: String, _ status: String) throws -> Double? {
            try admin.sample(
                "wsproxy_requests_total{route=\"\(route)\",method=\"\(method)\","
                    + "status=\"\(status)\"}"
            )
        }
        #expect(try count("app", "GET", "2xx") == 3)
        #expect(try count("app", "POST", "2xx") == 1)
        #expect(try count("gone", "GET", "4xx") == 1)
        #expect(try count("", "GET", "4xx") == 1)
        try Deadline.poll("the refused head is counted") { try count("", "other", "4xx") == 1 }
        #expect(try admin.sample("wsproxy_request_duration_seconds_count{route=\"app\"}") == 4)
        // The last thing that is counted of a request.
        try admin.awaitSample("wsproxy_upstream_duration_seconds_count{service=\"origin\"}", 4)
        let received = try #require(try admin.sample("wsproxy_received_bytes_total{route=\"app\"}"))
        #expect(received > 4 * 40)
        let endpoint = "service=\"origin\",endpoint=\"http://127.0.0.1:\(origin.port)\""
        #expect(try admin.sample("wsproxy_upstream_requests_total{\(endpoint)}") == 4)
        try admin.awaitSample("wsproxy_upstream_active_requests{\(endpoint)}", 0)
        #expect(try admin.sample("wsproxy_upstream_up{\(endpoint)}") == 1)
        #expect(try admin.sample("wsproxy_client_connections_total") == 7)
        try admin.awaitSample("wsproxy_client_connections", 0)
    }

    @Test("WebSockets and event streams are counted while they are open and when they end")
    func streams() throws {
        let origin = try TestOrigin()
        let admin = try AdminUnderTest(ProxyUnderTest.everything(to: origin.port))
        let socket = try admin.proxy.connect()
        #expect(try socket.upgrade("/ws").status == 101)
        let route = "route=\"everything\""
        try admin.awaitSample("wsproxy_websocket_connections{\(route)}", 1)
        let stream = try admin.proxy.connect()
        try stream.send(TestConnection.head("GET", "/sse", fields: ["Accept: text/event-stream"]))
        _ = try stream.readHead()
        try admin.awaitSample("wsproxy_sse_streams{\(route)}", 1)
        #expect(try admin.sample("wsproxy_client_connections") == 2)
        socket.end()
        stream.end()
        try admin.awaitSample("wsproxy_websocket_connections{\(route)}", 0)
        try admin.awaitSample("wsproxy_sse_streams{\(route)}", 0)
        #expect(try admin.sample("wsproxy_websocket_connections_total{\(route)}") == 1)
        try admin.awaitSample("wsproxy_websocket_duration_seconds_count{\(route)}", 1)
        try admin.awaitSample("wsproxy_sse_duration_seconds_count{\(route)}", 1)
        #expect(try admin.sample("wsproxy_request_duration_seconds_count{\(route)}") == nil)
    }

    @Test("Failures of backends, retries and ejections are counted")
    func failures() throws {
        let closed = try ScriptedBackend { _ in }
        let admin = try AdminUnderTest(
            ProxyUnderTest.everything(
                to: closed.port,
                service: "retry: {attempts: 1}\ncircuit_breaker: {consecutive_failures: 2}"),
            options: ["--workers", "1"])
        #expect(try admin.proxy.request("GET", "/").status == 502)
        let endpoint = "service=\"origin\",endpoint=\"http://127.0.0.1:\(closed.port)\""
        try admin.awaitSample("wsproxy_upstream_retries_total{service=\"origin\"}", 1)
        #expect(try admin.sample("wsproxy_upstream_failures_total{\(endpoint)}") == 2)
        // A request speaks against a backend once, however often it is repeated.
        #expect(try admin.sample("wsproxy_upstream_ejections_total{\(endpoint)}") == 0)
        #expect(try admin.proxy.request("GET", "/").status == 502)
        #expect(try admin.sample("wsproxy_upstream_ejections_total{\(endpoint)}") == 1)
        #expect(try admin.sample("wsproxy_upstream_ejected_workers{\(endpoint)}") == 1)
        #expect(try admin.proxy.request("GET", "/").status == 503)
        try admin.awaitSample("wsproxy_upstream_unavailable_total{service=\"origin\"}", 1)
        // What nobody is left for is the route's, not nobody's.
        let requests = "wsproxy_requests_total{route=\"everything\",method=\"GET\",status=\"5xx\"}"
        try admin.awaitSample(requests, 3)
    }

    @Test("Messages are measured where frames are read; the end of an opaque WebSocket has no code")
    func messages() throws {
        let origin = try TestOrigin()
        let admin = try AdminUnderTest(
            """
            middlewares: [{name: sized, type: websocket, config: {max_message_size: 1MiB}}]
            services: {origin: {url: "http://127.0.0.1:\(origin.port)"}}
            route_rules:
              - pattern: /framed/*
                name: framed
                target: origin
                middlewares: [sized]
                rewrite: {strip_prefix: /framed}
              - {pattern: /*, name: opaque, target: origin}

            """)
        for (path, route) in [("/framed/ws", "framed"), ("/ws", "opaque")] {
            let socket = try admin.proxy.connect()
            #expect(try socket.upgrade(path).status == 101)
            try socket.sendFrame(1, String(repeating: "x", count: 100))
            #expect(try socket.readFrame().payload.count == 100)
            try socket.send(bytes: TestConnection.frame(8, [0x03, 0xE8]))
            #expect(try socket.readFrame().opcode == 8)
            socket.end()
            let code = route == "opaque" ? "opaque" : "1000"
            let labels = "route=\"\(route)\",by=\"client\",code=\"\(code)\""
            try admin.awaitSample("wsproxy_websocket_closes_total{\(labels)}", 1)
        }
        let size = "wsproxy_websocket_message_size_bytes"
        for side in ["client", "upstream"] {
            let labels = "route=\"framed\",from=\"\(side)\""
            #expect(try admin.sample("\(size)_sum{\(labels)}") == 100)
            #expect(try admin.sample("\(size)_bucket{\(labels),le=\"64\"}") == 0)
            #expect(try admin.sample("\(size)_bucket{\(labels),le=\"256\"}") == 1)
            #expect(try admin.sample("\(size)_count{route=\"opaque\",from=\"\(side)\"}") == nil)
        }
        let framed = try admin.proxy.accessLine("/framed/ws")
        #expect(framed.contains(#""closed_by":"client","close_code":1000,"#), "\(framed)")
        let opaque = try admin.proxy.accessLine("/ws")
        #expect(opaque.contains(#""closed_by":"client","close_code":"opaque","#), "\(opaque)")
        let totals = try AdminEvents(admin).next()["totals"] as? [String: Any]
        let codes = (totals?["websocket_closes"] as? [[String: Any]])?.map { $0["code"] as? String }
        #expect(codes == ["1000", "opaque"])
    }

    @Test("Health checks are counted by what came of them, of endpoints that have some")
    func healthChecks() throws {
        let isWell = LockedFlag(true)
        let backend = try ScriptedBackend { peer in
            _ = try peer.readHead()
            let status = isWell.isSet ? "200 OK" : "500 Ill"
            try peer.send("HTTP/1.1 \(status)\r\nContent-Length: 0\r\n\r\n")
        }
        let admin = try AdminUnderTest(
            """
            services:
              checked: {url: "http://127.0.0.1:\(backend.port)", health_check: {path: /health, interval: 20ms}}
              other: {url: "http://127.0.0.1:9"}
            route_rules:
              - {pattern: /a, target: checked}
              - {pattern: /*, target: other}

            """)
        let name = "wsproxy_health_checks_total"
        let endpoint = "service=\"checked\",endpoint=\"http://127.0.0.1:\(backend.port)\""
        try Deadline.poll("good checks are counted") {
            try admin.sample("\(name){\(endpoint),result=\"ok\"}") ?? 0 > 1
        }
        #expect(try admin.sample("\(name){\(endpoint),result=\"failed\"}") == 0)
        isWell.exchange(false)
        try Deadline.poll("bad checks are counted") {
            try admin.sample("\(name){\(endpoint),result=\"failed\"}") ?? 0 > 1
        }
        let page = try admin.request("GET", "/metrics").text
        #expect(!page.contains("\(name){service=\"other\""))
    }

    @Test("Counters go on through a reload")
    func reload() throws {
        let origin = try TestOrigin()
        let configuration = ProxyUnderTest.everything(to: origin.port)
        let admin = try AdminUnderTest(configuration)
        let name = "wsproxy_requests_total{route=\"everything\",method=\"GET\",status=\"2xx\"}"
        _ = try admin.proxy.request("GET", "/echo")
        try admin.awaitSample(name, 1)
        try ProxyUnderTest.compile(
            "host_rules: [{pattern: a.example, route_rules: [{pattern: /x, target: origin}]}]\n"
                + configuration, in: admin.proxy.directory)
        admin.proxy.program.send(1)
        try admin.awaitSample("wsproxy_reloads_total{result=\"adopted\"}", 1)
        _ = try admin.proxy.request("GET", "/echo")
        try admin.awaitSample(name, 2)
        try admin.proxy.directory.write("routes.bin", "broken")
        admin.proxy.program.send(1)
        try admin.awaitSample("wsproxy_reloads_total{result=\"refused\"}", 1)
    }

    @Test(
        "promtool finds nothing wrong with the page, under load of all kinds",
        .enabled(if: Prometheus.has("promtool"), Prometheus.advice))
    func promtool() throws {
        let promtool = try #require(Prometheus.path("promtool"))
        let origin = try TestOrigin()
        let admin = try AdminUnderTest(ProxyUnderTest.everything(to: origin.port))
        for path in ["/a", "/b?c=d"] { _ = try admin.proxy.request("GET", path) }
        let page = try admin.request("GET", "/metrics")
        let result = try RunningProgram.run(promtool, ["check", "metrics"], input: page.body)
        #expect(result.exit == .code(0))
        #expect(result.output + result.errors == "")
    }

    @Test(
        "Examples of rules and dashboards name metrics that there are",
        arguments: ["prometheus/alerts.yaml", "grafana.json"])
    func examples(name: String) throws {
        let page = try AdminUnderTest().request("GET", "/metrics").text
        let families = Set(
            page.split(separator: "\n").filter { $0.hasPrefix("# TYPE ") }
                .map { String($0.split(separator: " ")[2]) })
        let path = "\(BuiltPrograms.checkout)/examples/\(name)"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let words = text.split { !$0.isLetter && !$0.isNumber && $0 != "_" }
        let named = Set(words.filter { $0.hasPrefix("wsproxy_") || $0.hasPrefix("process_") })
        #expect(named.count > 5)
        for word in named {
            let bare = ["_bucket", "_sum", "_count"].first { word.hasSuffix($0) }
                .map { String(word.dropLast($0.count)) }
            #expect(
                families.contains(String(word)) || families.contains(bare ?? ""), "no \(word)")
        }
    }

    @Test(
        "promtool takes the example of rules",
        .enabled(if: Prometheus.has("promtool"), Prometheus.advice))
    func exampleRules() throws {
        let promtool = try #require(Prometheus.path("promtool"))
        let path = "\(BuiltPrograms.checkout)/examples/prometheus/alerts.yaml"
        let result = try RunningProgram.run(promtool, ["check", "rules", path])
        #expect(result.exit == .code(0), "\(result.output)\(result.errors)")
    }

    @Test(
        "A real Prometheus scrapes it",
        .enabled(if: Prometheus.has("prometheus"), Prometheus.advice))
    func prometheus() throws {
        let path = try #require(Prometheus.path("prometheus"))
        let origin = try TestOrigin()
        let admin = try AdminUnderTest(
            ProxyUnderTest.everything(to: origin.port), token: "0123456789abcdef")
        _ = try admin.proxy.request("GET", "/echo")
        let prometheus = try Prometheus(path, scraping: admin.adminPort, token: "0123456789abcdef")
        try Deadline.poll("Prometheus has the requests of the route") {
            try prometheus.value("wsproxy_requests_total{route=\"everything\"}") == "1"
        }
        #expect(try prometheus.value("wsproxy_ready") == "1")
        #expect(try prometheus.value("up") == "1")
    }
}

import TestSupport
import Testing

@Suite("Alerts of a running proxy")
struct AlertTests {
    private static let configuration = """
        route_rules:
          - {pattern: /*, name: all, respond: {status: 200, body: ok}}
        alerts:
          somebody: {metric: connections, above: 0, for: 1ms, severity: critical}
          crowd: {metric: connections, above: 1000, for: 1ms}

        """

    @Test("One that fires is in the metrics, in the log and in the events, and so is its end")
    func firing() throws {
        let admin = try AdminUnderTest(Self.configuration)
        let firing = "wsproxy_alert{alert=\"somebody\",severity=\"critical\"}"
        try admin.awaitSample(firing, 0)
        #expect(try admin.sample("wsproxy_alert{alert=\"crowd\",severity=\"warning\"}") == 0)
        let client = try admin.proxy.connect()
        try admin.awaitSample(firing, 1)
        let line = try admin.proxy.program.line(containing: "alert.firing")
        #expect(line.contains("somebody") && line.contains("critical"), "\(line)")
        #expect(line.contains("the number of connected clients in all"), "\(line)")
        #expect(try admin.sample("wsproxy_alert{alert=\"crowd\",severity=\"warning\"}") == 0)
        client.end()
        try admin.awaitSample(firing, 0)
        _ = try admin.proxy.program.line(containing: "alert.resolved")
    }

    /// Goal: once all backends are out and nobody is asked any more, the alert that says so goes on.
    @Test("Requests that find no backend count among the failures of their service")
    func nobodyLeft() throws {
        let port = try ScriptedBackend.refusingPort()
        let admin = try AdminUnderTest(
            """
            services:
              gone:
                url: "http://127.0.0.1:\(port)"
                health_check: {interval: 50ms, unhealthy_threshold: 1}
            route_rules: [{pattern: /*, target: gone}]
            alerts:
              down: {metric: error_rate, service: gone, above: 50%, window: 5s, for: 1ms}

            """, options: ["--workers", "1"])
        let endpoint = "service=\"gone\",endpoint=\"http://127.0.0.1:\(port)\""
        try admin.awaitSample("wsproxy_upstream_up{\(endpoint)}", 0)
        try Deadline.poll("the worker knows") {
            try admin.proxy.request("GET", "/").status == 503
        }
        let asked = try admin.sample("wsproxy_upstream_requests_total{\(endpoint)}") ?? 0
        try Deadline.poll("the alert fires") {
            _ = try admin.proxy.request("GET", "/")
            return try admin.sample("wsproxy_alert{alert=\"down\",severity=\"warning\"}") == 1
        }
        #expect(try admin.sample("wsproxy_upstream_requests_total{\(endpoint)}") == asked)
    }
}

import TestSupport
import Testing

@Suite("wsroute alerts")
struct AlertsCommandTests {
    private static let configuration = """
        services:
          web: {url: "http://127.0.0.1:9000"}
        route_rules:
          - {pattern: /*, name: web, target: web}
        alerts:
          too-many: {metric: connections, above: 8000, for: 2m}
          open-streams: {metric: connections, route: web, above: 5}
          web-errors: {metric: error_rate, route: web, above: 2.5%, for: 30s, severity: critical}
          "all \\"errors\\"": {metric: error_rate, above: 1%}
          web-slow: {metric: latency, service: web, above: 250ms, quantile: 95, window: 5m}
          web-down: {metric: error_rate, service: web, above: 90%, severity: critical}

        """

    /// Series and what the rules must say about them, as `promtool test rules` reads them.
    private static func ruleTest(_ rules: String) -> String {
        """
        rule_files: ["\(rules)"]
        evaluation_interval: 15s
        tests:
          - interval: 15s
        \(series)
        \(expectations)
        """
    }

    private static let series = """
            input_series:
              - series: 'wsproxy_requests_total{instance="a",route="web",method="GET",status="5xx"}'
                values: '0+3x40'
              - series: 'wsproxy_requests_total{instance="a",route="web",method="GET",status="2xx"}'
                values: '0+97x40'
              - series: 'wsproxy_websocket_connections{instance="a",route="web"}'
                values: '4x40'
              - series: 'wsproxy_sse_streams{instance="a",route="web"}'
                values: '2x40'
              - series: 'wsproxy_client_connections{instance="a"}'
                values: '8000x40'
              - series: 'wsproxy_upstream_duration_seconds_bucket{instance="a",service="web",le="0.25"}'
                values: '0+90x40'
              - series: 'wsproxy_upstream_duration_seconds_bucket{instance="a",service="web",le="0.5"}'
                values: '0+100x40'
              - series: 'wsproxy_upstream_duration_seconds_bucket{instance="a",service="web",le="+Inf"}'
                values: '0+100x40'
              - series: 'wsproxy_upstream_requests_total{instance="a",service="web",endpoint="x"}'
                values: '100x40'
              - series: 'wsproxy_upstream_failures_total{instance="a",service="web",endpoint="x"}'
                values: '3x40'
              - series: 'wsproxy_upstream_unavailable_total{instance="a",service="web"}'
                values: '0+5x40'
        """

    private static let expectations = """
            alert_rule_test:
              - eval_time: 5m
                alertname: web-down
                exp_alerts:
                  - exp_labels: {severity: critical, instance: a}
                    exp_annotations:
                      summary: the share of errors of the service web is above 90%
                      source: chat.yaml:11
              - eval_time: 5m
                alertname: web-errors
                exp_alerts:
                  - exp_labels: {severity: critical, instance: a}
                    exp_annotations:
                      summary: the share of errors of the route web is above 2.5%
                      source: chat.yaml:8
              - eval_time: 5m
                alertname: open-streams
                exp_alerts:
                  - exp_labels: {severity: warning, instance: a}
                    exp_annotations:
                      summary: the number of open streams of the route web is above 5
                      source: chat.yaml:7
              - eval_time: 5m
                alertname: all "errors"
                exp_alerts:
                  - exp_labels: {severity: warning, instance: a}
                    exp_annotations:
                      summary: the share of errors in all is above 1%
                      source: chat.yaml:9
              - eval_time: 8m
                alertname: web-slow
                exp_alerts:
                  - exp_labels: {severity: warning, instance: a}
                    exp_annotations:
                      summary: the 95th percentile of the time of the service web is above 250ms
                      source: chat.yaml:10
              - eval_time: 5m
                alertname: too-many
                exp_alerts: []

        """

    private let folder: TemporaryDirectory
    private let source: String

    init() throws {
        folder = try TemporaryDirectory()
        source = try folder.write("chat.yaml", Self.configuration)
    }

    private func promtool(_ arguments: String...) throws {
        let run = try RunningProgram.run("/usr/bin/env", ["promtool"] + arguments)
        #expect(run.exit == .code(0), "\(run.output)\(run.errors)")
    }

    @Test(
        "writes rules that Prometheus takes and that fire when they should",
        .enabled(if: Prometheus.has("promtool"), Prometheus.advice))
    func rules() throws {
        let run = try WsrouteRun("alerts", source)
        #expect(run.status == 0, "\(run.errors)")
        let rules = try folder.write("rules.yaml", run.output)
        try promtool("check", "rules", rules)
        try promtool("test", "rules", try folder.write("test.yaml", Self.ruleTest(rules)))
    }

    @Test("says the same of a table as of its configuration")
    func table() throws {
        let table = folder.file("routes.bin")
        #expect(try WsrouteRun("compile", source, "-o", table, "--allow-inert").status == 0)
        #expect(try WsrouteRun("alerts", table).output == WsrouteRun("alerts", source).output)
    }

    @Test("writes an empty list where there are none")
    func none() throws {
        let plain = try folder.write("plain.yaml", SampleConfiguration.guarded)
        #expect(try WsrouteRun("alerts", plain).output == "groups: []\n")
    }
}

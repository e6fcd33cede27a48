import JSON

/// The alerts of a table as a rule file of Prometheus: the same thresholds, asked of what `/metrics` says.
///
/// Each instance is looked at on its own, as the proxy looks at itself.
package struct PrometheusRules {
    private let alerts: [AlertDescription]

    package init(_ alerts: [AlertDescription]) { self.alerts = alerts }

    /// YAML that Prometheus reads. Text is quoted as in JSON, which YAML takes.
    package var text: String {
        guard !alerts.isEmpty else { return "groups: []\n" }
        var text = "groups:\n  - name: wsproxy\n    rules:\n"
        for alert in alerts {
            text += "      - alert: \(quoted(alert.name))\n"
            text += "        expr: \(quoted(expression(of: alert)))\n"
            text += "        for: \(duration(alert.holdMilliseconds))\n"
            text += "        labels: {severity: \(alert.severity.word)}\n"
            text += "        annotations:\n"
            let summary = "\(alert.what) is above \(alert.thresholdText)"
            text += "          summary: \(quoted(summary))\n"
            text += "          source: \(quoted(alert.place))\n"
        }
        return text
    }

    private func expression(of alert: AlertDescription) -> String {
        let window = duration(alert.windowMilliseconds)
        switch alert.metric {
        case .connections: return "\(connections(alert.subject)) > \(alert.threshold)"
        case .errorRate:
            let threshold = AlertDescription.decimal(alert.threshold, unitsInOne: 1_000_000)
            return "\(errorRate(alert.subject, window: window)) > \(threshold)"
        case .latency:
            let threshold = AlertDescription.decimal(alert.threshold, unitsInOne: 1_000_000)
            let quantile = AlertDescription.decimal(
                UInt64(alert.quantilePercent), unitsInOne: 100)
            let buckets = "sum by (instance, le) (rate(\(durations(alert.subject))[\(window)]))"
            return "histogram_quantile(\(quantile), \(buckets)) > \(threshold)"
        }
    }

    private func connections(_ subject: AlertDescription.Subject) -> String {
        switch subject {
        case .all: "sum by (instance) (wsproxy_client_connections)"
        case .route(let name):
            "sum by (instance) ({__name__=~\"wsproxy_websocket_connections|wsproxy_sse_streams\","
                + "route=\(quoted(name))})"
        case .service(let name):
            "sum by (instance) (wsproxy_upstream_active_requests{service=\(quoted(name))})"
        }
    }

    private func errorRate(_ subject: AlertDescription.Subject, window: String) -> String {
        let failed: String
        let all: String
        switch subject {
        case .all:
            failed = "wsproxy_requests_total{status=\"5xx\"}"
            all = "wsproxy_requests_total"
        case .route(let name):
            failed = "wsproxy_requests_total{route=\(quoted(name)),status=\"5xx\"}"
            all = "wsproxy_requests_total{route=\(quoted(name))}"
        case .service(let name):
            // Once all backends are out nobody is asked any more: who found none has failed as well.
            failed = withUnplaced("wsproxy_upstream_failures_total", of: name)
            all = withUnplaced("wsproxy_upstream_requests_total", of: name)
        }
        return "sum by (instance) (rate(\(failed)[\(window)]))"
            + " / sum by (instance) (rate(\(all)[\(window)]))"
    }

    private func withUnplaced(_ metric: String, of service: String) -> String {
        "{__name__=~\"\(metric)|wsproxy_upstream_unavailable_total\",service=\(quoted(service))}"
    }

    private func durations(_ subject: AlertDescription.Subject) -> String {
        switch subject {
        case .all: "wsproxy_request_duration_seconds_bucket"
        case .route(let name): "wsproxy_request_duration_seconds_bucket{route=\(quoted(name))}"
        case .service(let name):
            "wsproxy_upstream_duration_seconds_bucket{service=\(quoted(name))}"
        }
    }

    private func duration(_ milliseconds: UInt64) -> String {
        milliseconds % 1_000 == 0 ? "\(milliseconds / 1_000)s" : "\(milliseconds)ms"
    }

    private func quoted(_ text: String) -> String {
        var json = JSONText()
        json.string(text)
        return json.text
    }
}

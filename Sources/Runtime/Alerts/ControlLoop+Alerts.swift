internal import JSON
internal import RouteTable

/// Alerts: thresholds that somebody wants to hear about.
extension ControlLoop {
    /// Looks at the alerts that are due, and says which have begun or ceased to fire.
    func watchAlerts(now: UInt64) {
        for notice in alerts.look(AlertReader(metrics, generation), now: now) {
            pass(on: notice, now: now)
        }
    }

    /// Goes over to the alerts of the table that is in use from now on.
    func adoptAlerts(now: UInt64) {
        for notice in alerts.adopt(generation.table.alerts(), now: now) {
            pass(on: notice, now: now)
        }
        forgetNoticeCounts()
    }

    private func pass(on notice: AlertBoard.Notice, now: UInt64) {
        switch notice.change {
        case .begins(let value):
            say(.error, "alert.firing", notice.alert, value)
            tell(notice, value: value, isFiring: true, now: now)
        case .ends(let value):
            say(.notice, "alert.resolved", notice.alert, value)
            tell(notice, value: value, isFiring: false, now: now)
        }
    }

    private func say(
        _ level: LogLevel, _ event: StaticString, _ alert: AlertDescription, _ value: UInt64?
    ) {
        logs.events.write(
            level, event, .text("alert", alert.name),
            .text("severity", alert.severity.word), .text("metric", alert.what),
            .text("value", value.map { alert.text(of: $0) } ?? "none"),
            .text("threshold", alert.thresholdText), .text("place", alert.place))
    }

    /// The alerts as the admin listener shows them.
    func writeAlerts(to json: inout JSONText, now: UInt64) {
        let wall = UInt64(clamping: LogTime.nowMilliseconds())
        for watch in alerts.watches {
            json.object { json in
                json.member("name", watch.alert.name)
                json.member("firing", watch.firingSince != nil)
                json.member("since_ms", watch.firingSince.map { wall &- (now &- $0) } ?? 0)
                json.member("value", watch.value ?? 0)
                json.member("threshold", watch.alert.threshold)
                json.member("text", Self.sentence(of: watch))
            }
        }
    }

    private static func sentence(of watch: AlertWatch) -> String {
        let alert = watch.alert
        let value = watch.value.map { alert.text(of: $0) } ?? "not known yet"
        return "\(alert.what) is \(value), threshold \(alert.thresholdText)"
    }
}

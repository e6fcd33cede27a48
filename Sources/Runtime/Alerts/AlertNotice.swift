internal import Glibc
internal import JSON
internal import RouteTable

/// What somebody is told of an alert: that it has begun to fire, or that it fires no more.
package struct AlertNotice: Equatable, Sendable {
    /// Name of the alert.
    package let alert: String
    package let isFiring: Bool
    /// Name of the service that is told, and the path there.
    package let service: String
    package let path: String
    /// The JSON document.
    package let content: [UInt8]

    package init(alert: String, isFiring: Bool, service: String, path: String, content: [UInt8]) {
        self.alert = alert
        self.isFiring = isFiring
        self.service = service
        self.path = path
        self.content = content
    }

    /// The word for what has happened.
    package var state: StaticString { isFiring ? "firing" : "resolved" }
}

extension AlertNotice {
    /// Where and when it is written.
    struct Circumstances {
        /// Names this proxy among others.
        let instance: String
        let tableDigest: String
        /// Digits that no other notice has: whoever gets a notice twice knows it by them.
        let id: String
        /// Milliseconds since 1970.
        let firingSince: Int64
        let now: Int64
    }

    /// - Parameter value: What was compared last; nil if nothing has happened in the window.
    init(
        _ alert: AlertDescription, to webhook: AlertDescription.Webhook, isFiring: Bool,
        value: UInt64?, _ circumstances: Circumstances
    ) {
        var json = JSONText()
        json.object { json in
            json.member("id", circumstances.id)
            json.member("alert", alert.name)
            json.member("state", isFiring ? "firing" : "resolved")
            json.member("severity", alert.severity.word)
            json.member("metric", alert.metric.word)
            json.key("value")
            Self.write(value, of: alert.metric, to: &json)
            json.key("threshold")
            Self.write(alert.threshold, of: alert.metric, to: &json)
            json.member("route", alert.routeName)
            json.member("service", alert.serviceName)
            json.member("since", Self.text(of: circumstances.firingSince))
            json.member("ended", isFiring ? nil : Self.text(of: circumstances.now))
            let shown = value.map { alert.text(of: $0) } ?? "not known"
            json.member("text", "\(alert.what) is \(shown), threshold \(alert.thresholdText)")
            json.member("source", alert.place)
            json.member("instance", circumstances.instance)
            json.member("table", circumstances.tableDigest)
        }
        self.init(
            alert: alert.name, isFiring: isFiring, service: webhook.service,
            path: webhook.path,
            content: Array("\(json.text)\n".utf8))
    }

    /// Writes a value in the units of the metrics: connections, a share of 1, seconds.
    private static func write(
        _ value: UInt64?, of metric: AlertDescription.Metric, to json: inout JSONText
    ) {
        guard let value else { return json.null() }
        switch metric {
        case .connections: json.number(value)
        case .errorRate, .latency: json.decimal(Int(clamping: value), places: 6)
        }
    }

    private static func text(of milliseconds: Int64) -> String {
        let time = LogTime(milliseconds: milliseconds)
        let bytes = (0..<LogTime.byteCount).map { time.bytes.octet(at: $0) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The name of this machine and the number of this process.
    static func instanceName() -> String {
        var name = [CChar](repeating: 0, count: 256)
        // SAFETY: the call writes within the array, whose last byte stays zero.
        let status = unsafe gethostname(&name, name.count - 1)
        let text = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        let host = status == 0 ? String(decoding: text, as: UTF8.self) : "unknown"
        return "\(host):\(getpid())"
    }
}

import Diagnostics
import RouteSyntax

/// `alerts`: a map of names.
extension ConfigurationDecoder {
    /// More alerts than anybody reads; each keeps the counts of its window.
    private static let alertsMax = 256
    private static let windowMilliseconds: ClosedRange<UInt32> = 5_000...3_600_000
    private static let quantiles = 1...99

    private static let metrics: KeyValuePairs<String, Alert.Metric> = [
        "connections": .connections, "error_rate": .errorRate, "latency": .latency,
    ]
    private static let severities: KeyValuePairs<String, Alert.Severity> = [
        "warning": .warning, "critical": .critical,
    ]

    /// Decodes all alerts.
    ///
    /// - Parameter hosts: Whose routes alerts may name.
    mutating func decodeAlerts(_ sections: [Fields], hosts: [HostRule]) -> [Alert] {
        guard let node = single("alerts", in: sections) else { return [] }
        guard case .mapping(let entries) = node.kind else {
            wrongType(
                node, "`alerts` must be a map", suggestion: "write `name: {metric: …, above: …}`")
            return []
        }
        guard entries.count <= Self.alertsMax else {
            sink.error(
                .outOfRange, at: node.range, "`alerts` can have at most \(Self.alertsMax) entries")
            return []
        }
        var routeNames: Set<String> = []
        for route in hosts.lazy.flatMap(\.routes) {
            if let name = route.name { routeNames.insert(name) }
        }
        routeNames.formUnion(observations.lostRouteNames)
        return entries.compactMap { entry in alert(entry, routeNames: routeNames) }
    }

    private mutating func alert(_ entry: Node.Entry, routeNames: Set<String>) -> Alert? {
        let name = Located(entry.key.text, at: entry.keyRange)
        guard checkName(name, of: "an alert"), let fields = fields(of: entry.value, in: .alert),
            let metricNode = required("metric", of: fields),
            let metric = word(metricNode, "metric", Self.metrics),
            let subject = subject(of: fields, routeNames: routeNames),
            let aboveNode = required("above", of: fields),
            let threshold = threshold(aboveNode, of: metric)
        else { return nil }
        var alert = Alert(
            name: name, metric: metric, subject: subject,
            threshold: threshold)
        if let hold = duration("for", of: fields) { alert.holdMilliseconds = hold }
        if let node = fields["severity"], let severity = word(node, "severity", Self.severities) {
            alert.severity = severity
        }
        if let node = fields["webhook"] { alert.webhook = webhook(node) }
        readWindow(of: fields, into: &alert)
        return alert
    }

    /// What only rates and latencies have.
    private mutating func readWindow(of fields: Fields, into alert: inout Alert) {
        if let range = fields.keyRange("window"), alert.metric == .connections {
            sink.error(
                .conflictingKeys, at: range,
                "`window` has no meaning for `connections`, which are counted as they are",
                suggestion: "remove it; `for` says how long they must be above")
        } else if let node = fields["window"], let window = duration(node, "window") {
            if Self.windowMilliseconds.contains(window) {
                alert.windowMilliseconds = window
            } else {
                sink.error(.outOfRange, at: node.range, "`window` must be from 5s to 1h")
            }
        }
        if let range = fields.keyRange("quantile"), alert.metric != .latency {
            sink.error(
                .conflictingKeys, at: range, "`quantile` is for `latency`",
                suggestion: "remove it")
        } else if let node = fields["quantile"],
            let quantile = integer(node, "quantile", Self.quantiles)
        {
            alert.quantilePercent = UInt8(quantile)
        }
    }

    private mutating func subject(
        of fields: Fields, routeNames: Set<String>
    ) -> Alert.Subject? {
        switch (fields["route"], fields["service"]) {
        case (nil, nil): return .all
        case (nil, let node?): return service(node, "service").map { .service($0) }
        case (let node?, nil):
            guard let name = text(node, "route") else { return nil }
            guard routeNames.contains(name) else {
                if gaps.mayHold(name) { return nil }
                sink.error(
                    .unknownRoute, at: node.range, "there is no route with the name `\(name)`",
                    suggestion: DidYouMean.suggestion(for: name, among: routeNames.sorted())
                        ?? "give the route a `name`")
                return nil
            }
            return .route(name)
        case (_?, let node?):
            sink.error(
                .conflictingKeys, at: node.range, "an alert has `route` or `service`, not both",
                suggestion: "write two alerts")
            return nil
        }
    }

    private mutating func threshold(_ node: Node, of metric: Alert.Metric) -> UInt64? {
        switch metric {
        case .connections:
            return integer(node, "above", 0...Self.countMax).map(UInt64.init)
        case .latency:
            return duration(node, "above").map { UInt64($0) * 1_000 }
        case .errorRate:
            guard let text = text(node, "above") else { return nil }
            let bytes = Array(text.utf8)
            guard bytes.last == UInt8(ascii: "%"),
                let millionths = Decimal(bytes.dropLast())?.times(10_000, max: 1_000_000)
            else {
                sink.error(
                    .invalidText, at: node.range,
                    "`above` of an error rate must be a percentage up to 100%",
                    suggestion: "write it with its sign: `5%`, `0.5%`")
                return nil
            }
            return UInt64(millionths)
        }
    }

    private mutating func webhook(_ node: Node) -> Alert.Webhook? {
        guard let fields = fields(of: node, in: .webhook),
            let serviceNode = required("service", of: fields),
            let service = service(serviceNode, "service")
        else { return nil }
        var webhook = Alert.Webhook(service: service, path: "/")
        guard let node = fields["path"], let path = text(node, "path") else { return webhook }
        if !path.hasPrefix("/") {
            sink.error(
                .invalidText, at: node.range, "`path` of a webhook begins with `/`",
                suggestion: RequestTargetText.advice(forRelative: path))
        }
        if let misplaced = RequestTargetText.misplaced(in: path) {
            sink.error(
                .invalidText, at: node.range,
                "`path` of a webhook is sent as it is, where \(misplaced.name) can't stand",
                suggestion: misplaced.suggestion)
        }
        webhook.path = path
        return webhook
    }
}

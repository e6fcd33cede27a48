import TableFormat
import Validate

extension TableEmitter {
    /// Writes all alerts, in the order of the configuration.
    mutating func emitAlerts() {
        for alert in configuration.alerts {
            var record = AlertRecord()
            record.name = sections.add(alert.name.value)
            switch alert.subject {
            case .all: break
            case .route(let name): record.route = sections.add(name)
            case .service(let index): record.service = UInt32(index)
            }
            if let webhook = alert.webhook {
                record.webhookService = UInt32(webhook.service)
                record.webhookPath = sections.add(webhook.path)
            }
            record.threshold = alert.threshold
            record.windowMilliseconds = alert.windowMilliseconds
            record.holdMilliseconds = alert.holdMilliseconds
            (record.file, record.line) = Self.place(alert.name.range)
            record.metric =
                switch alert.metric {
                case .connections: 0
                case .errorRate: 1
                case .latency: 2
                }
            record.severity = alert.severity == .critical ? 1 : 0
            record.quantilePercent = alert.quantilePercent
            sections.append(record, to: .alerts)
        }
    }
}

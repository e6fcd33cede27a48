import TableFormat

extension LoadedTable {
    /// The alerts, in the order of the configuration.
    package func alerts() -> [AlertDescription] {
        (0..<recordCount(of: .alerts)).map { index in
            let record: AlertRecord = record(index, of: .alerts)
            let webhook =
                record.webhookService == .none
                ? nil
                : AlertDescription.Webhook(
                    service: nameOfService(record.webhookService),
                    path: string(record.webhookPath))
            let place = place(file: record.file, line: record.line)
            return AlertDescription(
                name: string(record.name),
                metric: AlertDescription.Metric(rawValue: record.metric) ?? .connections,
                subject: subject(of: record), threshold: record.threshold,
                quantilePercent: Int(record.quantilePercent),
                windowMilliseconds: UInt64(record.windowMilliseconds),
                holdMilliseconds: UInt64(record.holdMilliseconds),
                severity: AlertDescription.Severity(rawValue: record.severity) ?? .warning,
                webhook: webhook, place: "\(place.file):\(place.line)")
        }
    }

    private func subject(of record: AlertRecord) -> AlertDescription.Subject {
        if !record.route.isNone { return .route(string(record.route)) }
        guard record.service != .none else { return .all }
        return .service(nameOfService(record.service))
    }

    private func nameOfService(_ index: UInt32) -> String {
        let service: ServiceRecord = record(Int(index), of: .services)
        return string(service.name)
    }
}

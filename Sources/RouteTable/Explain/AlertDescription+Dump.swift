extension AlertDescription {
    /// What a dump says of it, by the names of the configuration.
    var dump: [DumpValue.Field] {
        [
            ("name", .text(name)), ("place", .text(place)), ("metric", .text(metric.word)),
            ("route", DumpValue(routeName)), ("service", DumpValue(serviceName)),
            ("above", .text(thresholdText)), ("quantile", DumpValue(quantilePercent)),
            ("window_ms", DumpValue(windowMilliseconds)), ("for_ms", DumpValue(holdMilliseconds)),
            ("severity", .text(severity.word)),
            (
                "webhook",
                webhook.map { webhook in
                    .fields([
                        ("service", .text(webhook.service)), ("path", .text(webhook.path)),
                    ])
                } ?? .none
            ),
        ]
    }
}

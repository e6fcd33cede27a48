import Diagnostics

/// WR115: what is accepted for the sake of older files and changes nothing.
enum NoEffectRule: Rule {
    static func check(_ subject: RuleSubject, into sink: inout DiagnosticSink) {
        if let range = subject.observations.concurrency {
            sink.warning(
                .noEffect, at: range, "`concurrency` has no effect: there is nothing to tune",
                suggestion: "remove it; `advanced.workers` sets the number of threads")
        }
        for setting in subject.observations.idleSettings {
            sink.warning(
                .noEffect, at: setting.range, setting.message, suggestion: setting.suggestion)
        }
        let configuration = subject.configuration
        if subject.observations.hasListeners, !subject.observations.lacksListeners,
            let range = subject.observations.advancedPort,
            !configuration.listeners.contains(where: { $0.port == configuration.settings.port })
        {
            sink.warning(
                .noEffect, at: range, "`port` has no effect: `listeners` says what is listened on",
                suggestion: "remove it, or add a listener with this port")
        }
        for (index, service) in subject.configuration.services.enumerated() {
            guard let range = subject.observations.upstreamTLSRanges[index], service.isKnown,
                service.backends.allSatisfy({ !$0.url.value.usesTLS })
            else { continue }
            sink.warning(
                .noEffect, at: range, "`tls` has no effect: no backend of this service speaks TLS",
                suggestion: "give its URL the scheme `wss` or `https`")
        }
    }
}

import Diagnostics

/// WR115: what is accepted for the sake of older files and changes nothing.
enum NoEffectRule: Rule {
    static func check(_ subject: RuleSubject, into sink: inout DiagnosticSink) {
        if let range = subject.observations.concurrency {
            sink.warning(
                .noEffect, at: range, "`concurrency` has no effect: there is nothing to tune",
                suggestion: "remove it; `advanced.workers` sets the number of threads")
        }
        for (index, service) in subject.configuration.services.enumerated() {
            guard let range = subject.observations.upstreamTLSRanges[index],
                service.backends.allSatisfy({ !$0.url.value.usesTLS })
            else { continue }
            sink.warning(
                .noEffect, at: range, "`tls` has no effect: no backend of this service speaks TLS",
                suggestion: "give its URL the scheme `wss` or `https`")
        }
    }
}

import Diagnostics

/// WR132: a proxy without a single route or target answers every request with 404.
enum NothingRoutedRule: Rule {
    static func check(_ subject: RuleSubject, into sink: inout DiagnosticSink) {
        // Whoever has mistakes to mend is not done yet.
        guard !sink.hasErrors, let range = subject.observations.wholeFile,
            subject.configuration.hosts.allSatisfy({ $0.target == nil && $0.routes.isEmpty })
        else { return }
        sink.warning(
            .nothingRouted, at: range,
            "nothing is routed: there is no route and no `target`, so every request gets 404",
            suggestion: "add `route_rules`, or `host_rules` with a `target`")
    }
}

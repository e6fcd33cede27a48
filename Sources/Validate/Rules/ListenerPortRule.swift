import Diagnostics

/// WR116: a host for a port that nothing listens on gets no request.
enum ListenerPortRule: Rule {
    static func check(_ subject: RuleSubject, into sink: inout DiagnosticSink) {
        guard subject.observations.hasListeners, !subject.observations.lacksListeners else {
            return
        }
        let ports = Set(subject.configuration.listeners.map(\.port))
        for port in subject.observations.hostPorts where !ports.contains(port.value) {
            sink.warning(
                .noListenerForPort, at: port.range, "no listener has the port \(port.value)",
                suggestion: "add one, or start wsproxy with `--listen ADDR:PORT=\(port.value)`")
        }
    }
}

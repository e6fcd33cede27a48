import Diagnostics

/// WR130: a listener with `proxy_protocol` believes who a client is said to be. If anybody may say so, a client can
/// pretend to be another.
enum UntrustedAnnouncementsRule: Rule {
    static func check(_ subject: RuleSubject, into sink: inout DiagnosticSink) {
        guard subject.configuration.settings.trustedProxies.isEmpty,
            !subject.observations.lacksSettings
        else { return }
        for listener in subject.configuration.listeners where listener.acceptsProxyProtocol {
            guard let range = listener.range else { continue }
            sink.warning(
                .untrustedAnnouncements, at: range,
                "whoever can reach this listener can say who the client is",
                suggestion: "list the proxies before it in `advanced.security.trusted_proxies`")
        }
    }
}

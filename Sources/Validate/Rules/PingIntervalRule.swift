import Diagnostics

/// WR119: a ping that comes after a timeout keeps nothing alive.
enum PingIntervalRule: Rule {
    /// What holds where the configuration says nothing.
    private static let readTimeoutMilliseconds: UInt32 = 60_000

    static func check(_ subject: RuleSubject, into sink: inout DiagnosticSink) {
        let configuration = subject.configuration
        for service in configuration.services {
            guard service.isKnown, let interval = service.pingIntervalMilliseconds else { continue }
            // What holds for all services is then unknown.
            if service.readTimeoutMilliseconds == nil, subject.observations.lacksSettings {
                continue
            }
            let timeout =
                service.readTimeoutMilliseconds ?? configuration.settings.readTimeoutMilliseconds
                ?? readTimeoutMilliseconds
            if interval >= timeout { warn(service.name, interval, timeout, into: &sink) }
        }
        for middleware in configuration.middlewares {
            guard middleware.isKnown, case .webSocket(let policy) = middleware.configuration,
                let interval = policy.pingIntervalMilliseconds,
                let timeout = policy.readTimeoutMilliseconds, interval >= timeout
            else { continue }
            warn(middleware.name, interval, timeout, into: &sink)
        }
    }

    private static func warn(
        _ name: Located<String>, _ interval: UInt32, _ timeout: UInt32,
        into sink: inout DiagnosticSink
    ) {
        sink.warning(
            .pingTooSlow, at: name.range,
            "`\(name.value)` pings every \(text(interval)), and its connections are closed after "
                + "\(text(timeout)) of silence",
            suggestion: "set `ping_interval` to at most half of `read_timeout`")
    }

    private static func text(_ milliseconds: UInt32) -> String {
        milliseconds % 1000 == 0 ? "\(milliseconds / 1000)s" : "\(milliseconds)ms"
    }
}

import Diagnostics

/// WR119: a ping that comes after a timeout keeps nothing alive.
enum PingIntervalRule: Rule {
    /// What holds where the configuration says nothing.
    private static let readTimeoutMilliseconds: UInt32 = 60_000

    static func check(_ subject: RuleSubject, into sink: inout DiagnosticSink) {
        let configuration = subject.configuration
        for service in configuration.services {
            guard service.isKnown, let interval = service.pingIntervalMilliseconds else { continue }
            guard let timeout = readTimeout(of: service, subject) else { continue }
            if interval >= timeout { warn(service.name, interval, timeout, into: &sink) }
        }
        for middleware in configuration.middlewares {
            guard middleware.isKnown, case .webSocket(let policy) = middleware.configuration,
                let interval = policy.pingIntervalMilliseconds,
                let timeout = policy.readTimeoutMilliseconds, interval >= timeout
            else { continue }
            warn(middleware.name, interval, timeout, into: &sink)
        }
        checkGuardedServices(subject, into: &sink)
    }

    /// A `websocket` without a `read_timeout` of its own has that of the service that its connections go to. Of several
    /// services the least patient is told of.
    private static func checkGuardedServices(
        _ subject: RuleSubject, into sink: inout DiagnosticSink
    ) {
        let configuration = subject.configuration
        let wanted = configuration.middlewares.indices.filter { index in
            inheritingInterval(configuration.middlewares[index]) != nil
        }
        guard !wanted.isEmpty else { return }
        let patience = WebSocketPatience(subject, readTimeouts: readTimeouts(subject))
        let least = patience.least(of: Set(wanted))
        for index in wanted {
            let middleware = configuration.middlewares[index]
            guard let found = least[index], let interval = inheritingInterval(middleware),
                interval >= found.timeoutMilliseconds
            else { continue }
            let name = configuration.services[found.service].name
            var notes = [
                Diagnostic.Note(
                    range: name.range,
                    message: "the `read_timeout` of `\(name.value)` holds for them")
            ]
            if let detour = patience.note(of: found) { notes.append(detour) }
            warn(middleware.name, interval, found.timeoutMilliseconds, notes: notes, into: &sink)
        }
    }

    /// How often a middleware pings that has no timeout of its own and is for all paths.
    private static func inheritingInterval(_ middleware: Middleware) -> UInt32? {
        guard middleware.isKnown, middleware.isEnabled,
            case .webSocket(let policy) = middleware.configuration,
            policy.readTimeoutMilliseconds == nil, policy.pathPatterns.isEmpty
        else { return nil }
        return policy.pingIntervalMilliseconds
    }

    /// By service; nil where it is not known.
    private static func readTimeouts(_ subject: RuleSubject) -> [UInt32?] {
        subject.configuration.services.map { $0.isKnown ? readTimeout(of: $0, subject) : nil }
    }

    private static func readTimeout(of service: Service, _ subject: RuleSubject) -> UInt32? {
        if let timeout = service.readTimeoutMilliseconds { return timeout }
        guard !subject.observations.lacksSettings else { return nil }
        return subject.configuration.settings.readTimeoutMilliseconds ?? readTimeoutMilliseconds
    }

    private static func warn(
        _ name: Located<String>, _ interval: UInt32, _ timeout: UInt32,
        notes: [Diagnostic.Note] = [], into sink: inout DiagnosticSink
    ) {
        sink.warning(
            .pingTooSlow, at: name.range,
            "`\(name.value)` pings every \(text(interval)), and its connections are closed after "
                + "\(text(timeout)) of silence",
            notes: notes, suggestion: "set `ping_interval` to at most half of `read_timeout`")
    }

    private static func text(_ milliseconds: UInt32) -> String {
        milliseconds % 1000 == 0 ? "\(milliseconds / 1000)s" : "\(milliseconds)ms"
    }
}

import Diagnostics

/// WR128: claims are those of a token that an `auth` with `jwt` has verified before. Where none has, a header is
/// empty, and clients are counted by their addresses.
enum ClaimSourceRule: Rule {
    static func check(_ subject: RuleSubject, into sink: inout DiagnosticSink) {
        let configuration = subject.configuration
        guard configuration.middlewares.contains(where: { use(of: $0.configuration) != nil }) else {
            return
        }
        var reported: Set<String> = []
        for host in configuration.hosts where !host.unknown.contains(.middlewares) {
            for chain in MiddlewareChain.distinct(of: host, in: configuration) {
                check(chain, &reported, into: &sink)
            }
        }
    }

    private static func check(
        _ chain: MiddlewareChain, _ reported: inout Set<String>, into sink: inout DiagnosticSink
    ) {
        for (place, middleware) in chain.members.enumerated() {
            if givesClaims(middleware.configuration) { return }
            guard let use = use(of: middleware.configuration),
                reported.insert(middleware.name.value).inserted
            else { continue }
            let later = chain.members[place...].first { givesClaims($0.configuration) }
            let range = chain.route?.pattern.range ?? chain.host.pattern.range
            sink.warning(
                .claimWithoutAuth, at: middleware.name.range,
                "`\(middleware.name.value)` asks for \(use); no `auth` with `jwt` comes before it",
                notes: [.init(range: range, message: "its requests meet it without one")],
                suggestion: later.map { "list `\($0.name.value)` before it" }
                    ?? "put an `auth` with `jwt` before it")
        }
    }

    private static func givesClaims(_ configuration: MiddlewareConfiguration) -> Bool {
        if case .auth(let policy) = configuration { policy.jwt != nil } else { false }
    }

    /// The first claim that a middleware asks for, as it is written.
    private static func use(of configuration: MiddlewareConfiguration) -> String? {
        switch configuration {
        case .headers(let policy):
            policy.placeholders.first { $0.hasPrefix(ValueTemplate.claimPrefix) }
                .map { "`{\($0)}`" }
        case .rateLimit(let policy): claim(policy.key)
        case .dynamicRoute(let policy): claim(policy.from)
        case .webSocket, .sse, .auth, .cors, .ipFilter, .logging: nil
        }
    }

    private static func claim(_ key: RequestKey) -> String? {
        if case .claim(let name) = key { "`claim:\(name)`" } else { nil }
    }
}

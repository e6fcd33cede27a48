import Diagnostics
import RouteSyntax

/// Turns the trees of all files into one configuration.
///
/// Names are declared before any body is decoded, so that order and files do not matter for references.
/// What can't be decoded is reported and replaced by something harmless or left out, so that the rest is still checked;
/// where there was an error, the result is good for further checks only. ``UnknownParts`` say what it lacks.
struct ConfigurationDecoder {
    var sink: DiagnosticSink
    var inertUses: [InertUse] = []
    var observations = Observations()
    var fallbackAnswers: [FallbackAnswer] = []
    var serviceNames = NameIndex()
    var middlewareNames = NameIndex()
    var settings = Settings()
    /// Middlewares with `enabled: false`; known before any chain is resolved.
    var disabledMiddlewares: Set<Int> = []
    var gaps: Gaps

    init(sink: DiagnosticSink, gaps: Gaps) {
        self.sink = sink
        self.gaps = gaps
    }

    /// Decodes the trees: the main file's first, if it could be read.
    ///
    /// - Parameter files: How the configuration names the files.
    mutating func decode(_ trees: [Node], files: [String]) -> Configuration {
        var sections: [Fields] = []
        for tree in trees {
            if let section = fields(of: tree, in: .topLevel) {
                sections.append(section)
            } else {
                gaps.skip(tree)
            }
        }
        observations.wholeFile = sections.first.map { section in
            SourceRange(
                file: section.range.file, start: section.range.start, end: section.range.start)
        }
        checkMainFileOnly(sections)
        let serviceBodies = declareServices(sections)
        let middlewareBodies = declareMiddlewares(sections)

        decodeAdvanced(in: sections)
        var services = serviceBodies.map { decodeService($0) }
        resolveFallbacks(serviceBodies, into: &services)
        inheritFallback(sections, into: &services)
        let middlewares = middlewareBodies.map { decodeMiddleware($0) }
        let hosts = decodeHosts(sections)
        let listeners = decodeListeners(sections)
        let alerts = decodeAlerts(sections, hosts: hosts)

        var configuration = Configuration(
            listeners: listeners, settings: settings, services: services, middlewares: middlewares,
            hosts: hosts, alerts: alerts, fallbackAnswers: fallbackAnswers,
            globalMiddlewares: middlewares.indices.filter {
                middlewares[$0].isGlobal && middlewares[$0].isEnabled
            },
            inertUses: [], files: files)
        if sink.hasErrors { noteGaps(in: &configuration) }
        checkRules(configuration, trees)
        return finish(configuration)
    }

    /// Adds what is known only when everything was seen: which definitions have an effect at all.
    private mutating func finish(_ configuration: Configuration) -> Configuration {
        var result = configuration
        for (index, middleware) in configuration.middlewares.enumerated()
        where middleware.isEnabled && (middleware.isGlobal || middlewareNames.isUsed(index))
            && !middleware.configuration.hasEffect
        {
            let type = middleware.configuration.typeName
            inertUses.append(
                InertUse(feature: "middleware type `\(type)`", at: middleware.name.range))
        }
        result.inertUses = inertUses
        return result
    }

    /// Says what is unknown of the whole, which makes parts of it unknown that are sound themselves.
    private func noteGaps(in configuration: inout Configuration) {
        if observations.hasLostHosts { configuration.unknown.insert(.hosts) }
        configuration.lostHostPatterns = observations.lostHostPatterns
        let mayBeGuardedByMore =
            gaps.mayHold("is_global") || observations.mayLackGlobalMiddlewares
            || configuration.middlewares.contains { !$0.isKnown && $0.isGlobal }
        if mayBeGuardedByMore { configuration.unknown.insert(.middlewares) }
        for index in configuration.hosts.indices {
            let isOpen =
                mayBeGuardedByMore
                || lacksKnowledge(of: configuration.hosts[index].middlewares, in: configuration)
            if isOpen { configuration.hosts[index].unknown.insert(.middlewares) }
            let isHostOpen = configuration.hosts[index].unknown.contains(.middlewares)
            for place in configuration.hosts[index].routes.indices {
                let route = configuration.hosts[index].routes[place]
                guard isHostOpen || lacksKnowledge(of: route.middlewares, in: configuration) else {
                    continue
                }
                configuration.hosts[index].routes[place].unknown.insert(.middlewares)
            }
        }
    }

    private func lacksKnowledge(
        of middlewares: [Int], in configuration: Configuration
    ) -> Bool {
        middlewares.contains { !configuration.middlewares[$0].isKnown }
    }

    /// What is reported already is not said a second time in other words: the rules leave out what is unknown.
    private mutating func checkRules(_ configuration: Configuration, _ trees: [Node]) {
        guard !sink.isFull else { return }
        let subject = RuleSubject(
            configuration: configuration, observations: observations, serviceNames: serviceNames,
            middlewareNames: middlewareNames, gaps: gaps,
            references: sink.hasErrors ? Gaps.references(in: trees) : [])
        FallbackCycleRule.check(subject, into: &sink)
        LiteralSecretRule.check(subject, into: &sink)
        WeakSecretRule.check(subject, into: &sink)
        UnverifiedUpstreamRule.check(subject, into: &sink)
        UntrustedAnnouncementsRule.check(subject, into: &sink)
        OnlyRootPathRule.check(subject, into: &sink)
        UnusedServiceRule.check(subject, into: &sink)
        UnusedMiddlewareRule.check(subject, into: &sink)
        NoEffectRule.check(subject, into: &sink)
        IdleGuardRule.check(subject, into: &sink)
        ClosedOriginRule.check(subject, into: &sink)
        ListenerPortRule.check(subject, into: &sink)
        PingIntervalRule.check(subject, into: &sink)
        IdlePingRule.check(subject, into: &sink)
        OpenOriginRule.check(subject, into: &sink)
        ClaimSourceRule.check(subject, into: &sink)
        PreflightRule.check(subject, into: &sink)
        UnusableLastGoodRule.check(subject, into: &sink)
        SharedCookieRule.check(subject, into: &sink)
        HashCaptureRule.check(subject, into: &sink)
        NothingRoutedRule.check(subject, into: &sink)
        OpenRedirectRule.check(subject, into: &sink)
    }
}

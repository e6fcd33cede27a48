import Diagnostics
import RouteSyntax

/// Turns the trees of all files into one configuration.
///
/// Names are declared before any body is decoded, so that order and files do not matter for references.
/// What can't be decoded is reported and replaced by something harmless, so that the rest is still checked;
/// the caller drops the result when there was an error.
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

    init(sink: DiagnosticSink) { self.sink = sink }

    /// Decodes the trees: the main file's first, if it could be read.
    ///
    /// - Parameter files: How the configuration names the files.
    mutating func decode(_ trees: [Node], files: [String]) -> Configuration {
        let sections = trees.compactMap { fields(of: $0, in: .topLevel) }
        checkMainFileOnly(sections)
        let serviceBodies = declareServices(sections)
        let middlewareBodies = declareMiddlewares(sections)

        if let advanced = single("advanced", in: sections) { decodeAdvanced(advanced) }
        var services = serviceBodies.map { decodeService($0) }
        resolveFallbacks(serviceBodies, into: &services)
        inheritFallback(sections, into: &services)
        let middlewares = middlewareBodies.map { decodeMiddleware($0) }
        let hosts = decodeHosts(sections)
        let listeners = decodeListeners(sections)
        let alerts = decodeAlerts(sections, hosts: hosts)

        let configuration = Configuration(
            listeners: listeners, settings: settings, services: services, middlewares: middlewares,
            hosts: hosts, alerts: alerts, fallbackAnswers: fallbackAnswers,
            globalMiddlewares: middlewares.indices.filter {
                middlewares[$0].isGlobal && middlewares[$0].isEnabled
            },
            inertUses: [], files: files)
        checkRules(configuration)
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

    private mutating func checkRules(_ configuration: Configuration) {
        // The rules speak about a whole that makes sense; on a broken one they would repeat its errors.
        guard !sink.hasErrors else { return }
        let subject = RuleSubject(
            configuration: configuration, observations: observations, serviceNames: serviceNames,
            middlewareNames: middlewareNames)
        FallbackCycleRule.check(subject, into: &sink)
        LiteralSecretRule.check(subject, into: &sink)
        WeakSecretRule.check(subject, into: &sink)
        UnverifiedUpstreamRule.check(subject, into: &sink)
        UntrustedAnnouncementsRule.check(subject, into: &sink)
        OnlyRootPathRule.check(subject, into: &sink)
        UnusedServiceRule.check(subject, into: &sink)
        UnusedMiddlewareRule.check(subject, into: &sink)
        NoEffectRule.check(subject, into: &sink)
        ListenerPortRule.check(subject, into: &sink)
        PingIntervalRule.check(subject, into: &sink)
        OpenOriginRule.check(subject, into: &sink)
        ClaimSourceRule.check(subject, into: &sink)
        PreflightRule.check(subject, into: &sink)
        UnusableLastGoodRule.check(subject, into: &sink)
    }

    /// Records a part that is understood but has no effect at run time yet.
    mutating func inert(_ feature: String, at range: SourceRange) {
        inertUses.append(InertUse(feature: feature, at: range))
    }
}

/// A whole configuration after validation: all files merged, all names resolved, all values in range.
///
/// Indices into ``services``, ``middlewares`` and ``hosts`` are positions in these arrays. The order
/// is that of the source: main file first, then fragments by name.
package struct Configuration: Sendable {
    package var listeners: [Listener]
    package var settings: Settings
    package var services: [Service]
    package var middlewares: [Middleware]
    /// The host rules as listed. The top-level `route_rules`, if there are any, are one more rule with
    /// the pattern `*` and no port, merged into such a rule where one is written.
    package var hosts: [HostRule]
    package var alerts: [Alert]
    package var fallbackAnswers: [FallbackAnswer]
    /// Indices of the middlewares that are global, in order.
    package var globalMiddlewares: [Int]
    /// What was understood but has no effect at run time yet.
    package var inertUses: [InertUse]
    /// The files that were read, as their paths are shown to users: relative to the main file's folder
    /// for fragments, the last path component for the main file. Never absolute.
    package var files: [String]
    /// What it lacks because of mistakes.
    package var unknown: UnknownParts = []
    /// Host patterns that are wrong, as they are written.
    package var lostHostPatterns: [String] = []

    package init(
        listeners: [Listener],
        settings: Settings,
        services: [Service],
        middlewares: [Middleware],
        hosts: [HostRule],
        alerts: [Alert] = [],
        fallbackAnswers: [FallbackAnswer] = [],
        globalMiddlewares: [Int],
        inertUses: [InertUse],
        files: [String]
    ) {
        self.listeners = listeners
        self.settings = settings
        self.services = services
        self.middlewares = middlewares
        self.hosts = hosts
        self.alerts = alerts
        self.fallbackAnswers = fallbackAnswers
        self.globalMiddlewares = globalMiddlewares
        self.inertUses = inertUses
        self.files = files
    }
}

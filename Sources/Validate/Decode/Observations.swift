import Diagnostics

/// What decoding noticed and the model does not keep: the places that warnings are about.
struct Observations {
    /// Secrets that are written out, each with the key it is under.
    var literalSecrets: [(key: String, range: SourceRange)] = []
    /// Secrets that are written out and shorter than the hash they are for, with the bytes it has.
    var weakSecrets: [(byteCount: Int, neededByteCount: Int, range: SourceRange)] = []
    /// `insecure_skip_verify: true`
    var unverifiedUpstreams: [(range: SourceRange, namesAuthority: Bool)] = []
    /// Settings that do nothing, each with the words for it.
    var idleSettings: [(message: String, suggestion: String, range: SourceRange)] = []
    /// Every `cors` that allows no origin: its list, or its settings where there is none.
    var closedOrigins: [SourceRange] = []
    /// Where the first file that could be read begins.
    var wholeFile: SourceRange?
    /// Where redirects are written, each with the pattern of its route and what it leads to.
    var redirects: [(pattern: PathPattern, template: Template, range: SourceRange)] = []
    /// `concurrency`
    var concurrency: SourceRange?
    /// The `port` of host rules, in order.
    var hostPorts: [Located<UInt16>] = []
    /// The `port` of `advanced`.
    var advancedPort: SourceRange?
    /// Whether `listeners` is written.
    var hasListeners = false
    /// Where services name the one that takes over, by the service's index.
    var fallbackRanges: [Int: SourceRange] = [:]
    /// Services with `fallback: none`, by index, and where it is written.
    var withoutFallback: [Int: SourceRange] = [:]
    /// `hash_key` of services, by the service's index.
    var hashKeyRanges: [Int: SourceRange] = [:]
    /// The key `ping_interval` of services, by the service's index. One that is merged in is where the others have it.
    var pingIntervalRanges: [Int: SourceRange] = [:]
    /// TLS settings of services, by the service's index.
    var upstreamTLSRanges: [Int: SourceRange] = [:]
    /// Names of routes that can't be decoded.
    var lostRouteNames: Set<String> = []
    /// Whether there is a host rule of which not even the text of its pattern is known.
    var hasLostHosts = false
    /// The patterns of host rules that can't be decoded, as they are written.
    var lostHostPatterns: [String] = []
    /// Whether a listener can't be decoded.
    var lacksListeners = false
    /// Whether something of `advanced` can't be.
    var lacksSettings = false
    /// Whether a middleware that can't be decoded may be a global one.
    var mayLackGlobalMiddlewares = false
}

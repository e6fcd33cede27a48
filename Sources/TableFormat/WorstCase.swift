/// The most that one request can cost, whatever it is. Written by the compiler, computed anew by the
/// loader.
public struct WorstCase: Equatable, Sendable {
    /// Probes of the host hash.
    public var hostProbes: UInt32 = 0
    /// Host regexes that are run.
    public var hostRegexes: UInt32 = 0
    /// Probes of the path hashes and trie nodes that are visited.
    public var pathProbes: UInt32 = 0
    /// Routes that are looked at, address ranges of their conditions, and targets of the action.
    public var routeChecks: UInt32 = 0
    /// Route regexes that are run.
    public var routeRegexes: UInt32 = 0
    /// States of the automaton that are looked at, for host and path together.
    public var automatonSteps: UInt32 = 0

    public init() {}
}

/// The most that one request can cost, whatever it is. Written by the compiler, computed anew by the
/// loader.
package struct WorstCase: Equatable, Sendable {
    /// Probes of the host hash.
    package var hostProbes: UInt32 = 0
    /// Host regexes that are run.
    package var hostRegexes: UInt32 = 0
    /// Probes of the path hashes and trie nodes that are visited.
    package var pathProbes: UInt32 = 0
    /// Routes that are looked at.
    package var routeChecks: UInt32 = 0
    /// Route regexes that are run.
    package var routeRegexes: UInt32 = 0
    /// States of the automaton that are looked at, for host and path together.
    package var automatonSteps: UInt32 = 0

    package init() {}
}

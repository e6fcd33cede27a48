package import TableFormat

/// What matching one request took, in the units of ``WorstCase``.
package struct MatchWork: Equatable, Sendable {
    /// Probes of the host hash.
    package var hostProbes: UInt32 = 0
    /// Host regexes that were run.
    package var hostRegexes: UInt32 = 0
    /// Probes of the path hashes and trie nodes that were visited.
    package var pathProbes: UInt32 = 0
    /// Routes that were looked at.
    package var routeChecks: UInt32 = 0
    /// Route regexes that were run.
    package var routeRegexes: UInt32 = 0
    /// Automaton transitions, for host and path together.
    package var automatonSteps: UInt32 = 0
    /// Steps of the request's regex budget that were taken out of it.
    package var regexSteps: UInt32 = 0

    package init() {}

    /// Whether the table promised at least this much. A verified table always did.
    package func isWithin(_ worst: WorstCase) -> Bool {
        hostProbes <= worst.hostProbes && hostRegexes <= worst.hostRegexes
            && pathProbes <= worst.pathProbes && routeChecks <= worst.routeChecks
            && routeRegexes <= worst.routeRegexes && automatonSteps <= worst.automatonSteps
    }
}

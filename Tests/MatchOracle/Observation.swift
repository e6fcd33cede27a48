import Diagnostics
package import RouteTable
package import Validate

/// What the real matcher said about one request, in words that can be compared with the oracle's.
package struct Observation: Equatable, Sendable {
    package enum Verdict: Equatable, Sendable {
        /// The line of the route, or nil where the host's target took it.
        case forward(line: Int?, service: String)
        case redirect(line: Int)
        case respond(line: Int)
        case notFound
        case refused(RequestRefusal)
        case tooExpensive
    }

    package var verdict: Verdict
    /// The path the upstream is sent; nil where nothing is forwarded or the rewritten path is
    /// refused.
    package var forwardPath: String?
    /// The value of Location; nil where nothing is redirected or the redirect is not fit to be
    /// sent.
    package var location: String?

    /// Whether this is what the oracle said.
    ///
    /// Every route of a random configuration stands on a line of its own.
    package func agrees(with outcome: OracleOutcome, in configuration: Configuration) -> Bool {
        func line(_ place: OracleOutcome.Place) -> Int {
            configuration.hosts[place.host].routes[place.route].pattern.range.start.line
        }
        switch (verdict, outcome.verdict) {
        case (.forward(let observed, let service), .forward(let place, let services)):
            return observed == place.map(line)
                && services.contains { configuration.services[$0].name.value == service }
                && forwardPath == outcome.forwardPath
        case (.redirect(let observed), .redirect(let place)):
            return observed == line(place) && location == outcome.location
        case (.respond(let observed), .respond(let place)): return observed == line(place)
        case (.notFound, .notFound), (.refused, .refused): return true
        default: return false
        }
    }
}

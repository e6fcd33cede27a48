import RouteTable
package import Validate

/// The reference matcher: what the configuration language says, as plainly as it can be written.
///
/// Lists are walked, every pattern is asked, nothing is looked up. It is written from the
/// description of the language alone and shares no code with the real matcher, so a difference
/// between the two is a fault of one of them.
package struct Oracle {
    package let configuration: Configuration

    package init(configuration: Configuration) { self.configuration = configuration }

    package var pathRules: OraclePath.Rules {
        OraclePath.Rules(
            mergesSlashes: configuration.settings.mergesSlashes,
            keepsEncodedSlash: configuration.settings.encodedSlash == .keep)
    }

    /// What the configuration says about `request`.
    package func outcome(of request: OracleRequest) -> OracleOutcome {
        guard let host = OracleHost.canonical(request.host),
            let path = OraclePath.canonical(request.path, pathRules)
        else { return OracleOutcome(verdict: .refused) }

        if configuration.settings.deniesHiddenFiles && OraclePath.isHidden(path) {
            return OracleOutcome(verdict: .notFound)
        }
        guard let hostIndex = hostRule(for: host, port: request.port) else {
            return OracleOutcome(verdict: .notFound)
        }
        let rule = configuration.hosts[hostIndex]
        guard let routeIndex = route(of: rule, taking: path, of: request) else {
            guard let target = rule.target else { return OracleOutcome(verdict: .notFound) }
            return OracleOutcome(
                verdict: .forward(route: nil, services: [target]), forwardPath: path)
        }
        let route = rule.routes[routeIndex]
        let place = OracleOutcome.Place(host: hostIndex, route: routeIndex)
        let taken = Taken(host: host, path: path, query: request.query, rule: rule, route: route)
        switch route.action {
        case .forward(let services):
            return OracleOutcome(
                verdict: .forward(route: place, services: services.map(\.service)),
                forwardPath: rewrittenPath(taken))
        case .redirect(let template, _):
            return OracleOutcome(verdict: .redirect(place), location: taken.location(template))
        case .respond:
            return OracleOutcome(verdict: .respond(place))
        }
    }
}

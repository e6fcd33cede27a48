package import Validate

/// A configuration and a request about which the oracle and the real matcher disagree.
package struct Difference: CustomStringConvertible {
    package var configuration: Configuration
    package var request: OracleRequest
    package var draw: UInt32

    package init(configuration: Configuration, request: OracleRequest, draw: UInt32) {
        self.configuration = configuration
        self.request = request
        self.draw = draw
    }

    /// Whether the two still disagree. A configuration that does not compile is no disagreement.
    package var isReal: Bool {
        guard let observed = try? observation() else { return false }
        return !observed.agrees(
            with: Oracle(configuration: configuration).outcome(of: request), in: configuration)
    }

    private func observation() throws -> Observation {
        var matcher = try RealMatcher(configuration)
        return matcher.observe(request, draw: draw)
    }

    /// The same disagreement with as little around it as can be had by leaving things out.
    package func minimal() -> Difference {
        var smallest = self
        var isShrinking = true
        while isShrinking {
            isShrinking = false
            for candidate in smallest.smaller() where candidate.isReal {
                smallest = candidate
                isShrinking = true
                break
            }
        }
        return smallest
    }

    /// Everything that is one step smaller.
    private func smaller() -> [Difference] {
        var candidates: [Difference] = []
        func add(_ change: (inout Difference) -> Void) {
            var candidate = self
            change(&candidate)
            candidates.append(candidate)
        }
        for host in configuration.hosts.indices {
            add { $0.configuration.hosts.remove(at: host) }
            let routes = configuration.hosts[host].routes.indices
            if routes.count > 3 {
                add { $0.configuration.hosts[host].routes.removeFirst(routes.count / 2) }
                add { $0.configuration.hosts[host].routes.removeLast(routes.count / 2) }
            }
            for route in routes {
                add { $0.configuration.hosts[host].routes.remove(at: route) }
                let rule = configuration.hosts[host].routes[route]
                if rule.conditions.count > 0 {
                    add {
                        $0.configuration.hosts[host].routes[route].conditions = MatchConditions()
                    }
                }
                if rule.rewrite != nil {
                    add { $0.configuration.hosts[host].routes[route].rewrite = nil }
                }
                if rule.priority != 0 {
                    add { $0.configuration.hosts[host].routes[route].priority = 0 }
                }
            }
        }
        for header in request.headers.indices { add { $0.request.headers.remove(at: header) } }
        if !request.query.isEmpty { add { $0.request.query = "" } }
        for index in request.path.indices.dropFirst() { add { $0.request.path.remove(at: index) } }
        return candidates
    }

    package var description: String {
        let expected = Oracle(configuration: configuration).outcome(of: request)
        let observed: String
        do {
            observed = try "\(observation())"
        } catch {
            observed = "does not compile: \(error)"
        }
        return """
            \(RouteText.text(of: configuration))
            request: \(request)
            oracle:  \(expected)
            matcher: \(observed)
            """
    }
}

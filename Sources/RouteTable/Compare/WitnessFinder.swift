import TableFormat

/// Finds requests that a given rule of a table takes.
///
/// Guesses from the patterns and asks the matcher: what it returns is certain. That it finds nothing is
/// no proof that there is nothing.
package struct WitnessFinder: ~Copyable {
    /// Most requests tried for one rule.
    private static let attemptsMax = 600

    private var matcher: Matcher
    private let listenerPorts: [UInt16]
    /// The host asked about last: its routes are asked about one after another.
    private var lastHost: (index: Int, description: HostDescription)?

    /// - Parameter table: The only table that may be passed to the other methods.
    package init(for table: borrowing LoadedTable) {
        matcher = Matcher(for: table)
        var ports: [UInt16] = []
        for listener in table.listeners() where !ports.contains(listener.port) {
            ports.append(listener.port)
        }
        listenerPorts = ports
    }

    /// A request that the route takes.
    package mutating func witness(
        of route: RouteIndex, hostIndex: Int, in table: borrowing LoadedTable
    ) -> Witness {
        let description = table.routeDescription(Int(route.rawValue))
        let host = host(hostIndex, in: table)
        let conditions = description.conditions
        // The plainest path nearly always does.
        if let path = WitnessPaths.plainest(of: description) {
            let guess = search(
                host: host, hostIndex, paths: [path], conditions: conditions, in: table,
                attemptsMax: 1
            ) { $0.route == route }
            if case .request = guess { return guess }
        }
        let paths = WitnessPaths.all(of: description)
        guard !paths.isEmpty else {
            return .none("no path could be made from the regex `\(description.pattern)`")
        }
        return search(host: host, hostIndex, paths: paths, conditions: conditions, in: table) {
            $0.route == route
        }
    }

    /// Whether no rule takes the request, and it is not refused either.
    mutating func isMiss(
        _ request: DescribedRequest, in table: borrowing LoadedTable
    ) -> Bool {
        outcome(of: request, in: table) == .notFound
    }

    private mutating func host(
        _ index: Int, in table: borrowing LoadedTable
    ) -> HostDescription {
        if let lastHost, lastHost.index == index { return lastHost.description }
        let description = table.hostDescription(index)
        lastHost = (index, description)
        return description
    }

    /// A request that no route of the host takes, so that its target does.
    package mutating func witness(
        ofTargetOf hostIndex: Int, in table: borrowing LoadedTable
    ) -> Witness {
        let host = host(hostIndex, in: table)
        let paths = ["/", "/x", "/no-route", "/no/route", "/~/~/~/~"]
        return search(host: host, hostIndex, paths: paths, conditions: [], in: table) { outcome in
            if case .forward(nil, _) = outcome { true } else { false }
        }
    }

    private mutating func search(
        host: HostDescription, _ hostIndex: Int, paths: [String],
        conditions: [ConditionDescription], in table: borrowing LoadedTable,
        attemptsMax: Int = WitnessFinder.attemptsMax, accepts: (MatchOutcome) -> Bool
    ) -> Witness {
        let hosts = WitnessHosts.all(of: host, listenerPorts: listenerPorts)
        guard !hosts.isEmpty else {
            return .none("no host could be made from the pattern `\(host.pattern)`")
        }
        var attemptCount = 0
        var firstFailure: String?
        // The outer loops hold what seldom matters.
        for variant in 0..<WitnessRequest.variantCount {
            for hostName in hosts {
                for path in paths {
                    guard attemptCount < attemptsMax else {
                        return .none(Self.reason(firstFailure, attemptCount))
                    }
                    guard
                        let request = WitnessRequest.make(
                            host: hostName, path: path, conditions: conditions, variant: variant)
                    else { continue }
                    attemptCount += 1
                    let outcome = outcome(of: request, in: table)
                    if accepts(outcome), isKept(by: host, hostIndex, in: table) {
                        return .request(request)
                    }
                    if firstFailure == nil {
                        firstFailure =
                            "\(request.method) \(request.url) "
                            + Self.text(of: outcome, in: table)
                    }
                }
            }
        }
        return .none(Self.reason(firstFailure, attemptCount))
    }

    /// Whether the host rule kept the request matched last. A rule that is in the table more than once
    /// has one place.
    private mutating func isKept(
        by host: HostDescription, _ hostIndex: Int, in table: borrowing LoadedTable
    ) -> Bool {
        guard let kept = matcher.hostRuleIndex() else { return false }
        return kept == hostIndex || table.hostDescription(kept).place == host.place
    }

    private static func reason(_ failure: String?, _ count: Int) -> String {
        guard let failure else { return "no request could be made from its conditions" }
        return "\(failure)"
            + (count > 1 ? ", and \(count - 1) others that were tried fail too" : "")
    }

    /// The rule that takes the request, or nil where none does.
    mutating func rule(
        taking request: DescribedRequest, in table: borrowing LoadedTable
    ) -> RuleID? {
        let outcome = outcome(of: request, in: table)
        guard let host = matcher.hostRuleIndex() else { return nil }
        if let route = outcome.route { return RuleID(host: host, route: Int(route.rawValue)) }
        guard case .forward = outcome else { return nil }
        return RuleID(host: host, route: nil)
    }

    /// A request that the rule takes.
    mutating func witness(of rule: RuleID, in table: borrowing LoadedTable) -> Witness {
        guard let route = rule.route else {
            return witness(ofTargetOf: rule.host, in: table)
        }
        return witness(of: RouteIndex(UInt32(route)), hostIndex: rule.host, in: table)
    }

    private mutating func outcome(
        of request: DescribedRequest, in table: borrowing LoadedTable
    ) -> MatchOutcome {
        let head = DescribedHead(request)
        let fields = head.fields
        let view = head.view(fields: fields.span)
        return matcher.match(view, in: table, draw: 0)
    }

    private static func text(
        of outcome: MatchOutcome, in table: borrowing LoadedTable
    ) -> String {
        if let route = outcome.route {
            let description = table.routeDescription(Int(route.rawValue))
            return "is taken by `\(description.pattern)` (\(description.place.text))"
        }
        switch outcome {
        case .forward(_, let service):
            return "goes to the target of its host, \(table.serviceName(service.rawValue))"
        case .refused(let refusal): return "is refused: \(refusal.reason)"
        case .tooExpensive: return "needs more steps than a request may take"
        case .notFound, .redirect, .respond: return "finds no route"
        }
    }
}

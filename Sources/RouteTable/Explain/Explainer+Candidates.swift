extension Explainer {
    /// Adds every route of the host with its reason, best first.
    static func addCandidates(
        of host: HostDescription, outcome: MatchOutcome, _ explanation: inout Explanation,
        _ matcher: inout Matcher, _ view: borrowing RequestView, in table: borrowing LoadedTable
    ) {
        let winner = outcome.route.map { Int($0.rawValue) }
        let winnerDescription = winner.map { table.routeDescription($0) }
        var firstTaking: Int?
        var wasTooExpensive = false
        for index in host.routes {
            let route = table.routeDescription(index)
            let check = matcher.check(index, view, in: table)
            if check == .tooExpensive { wasTooExpensive = true }
            if check == .takes, firstTaking == nil { firstTaking = index }
            var reason = reason(check, route, explanation.request)
            if check == .takes, index != winner, let winnerDescription {
                let precedence = RoutePrecedenceText(isDeclaredOrder: host.isDeclaredOrder)
                let place = winnerDescription.place.text
                reason =
                    "\(winnerDescription.pattern) (\(place)) comes first: it "
                    + precedence.reason(winner: winnerDescription, loser: route)
            } else if index == winner {
                reason = "takes the request"
            }
            explanation.candidates.append(
                Explanation.Candidate(
                    name: route.name, pattern: route.pattern, place: route.place,
                    isMatch: check == .takes,
                    isForOtherPath: check.isForOtherPath, reason: reason,
                    regexSteps: matcher.regexSteps(ofRoute: index, in: table)))
        }
        if outcome != .tooExpensive, !wasTooExpensive, firstTaking != winner {
            explanation.isListingAtOdds = true
        }
    }

    private static func reason(
        _ check: RouteCheck, _ route: RouteDescription, _ request: DescribedRequest
    ) -> String {
        switch check {
        case .takes: "would take the request"
        case .otherPath(let difference): difference
        case .unmetCondition(let position): route.conditions[position].refusal(of: request)
        case .tooExpensive: "its pattern needs more steps than a request may take"
        }
    }
}

extension MatchOutcome {
    /// The route that took the request.
    var route: RouteIndex? {
        switch self {
        case .forward(let route, _): route
        case .redirect(let route), .respond(let route): route
        case .notFound, .refused, .tooExpensive: nil
        }
    }
}

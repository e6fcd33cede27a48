import TableFormat

/// Explains what a table does with a request.
package enum Explainer {
    /// Runs the very matcher for the verdict, then asks every route of the host for its reasons.
    ///
    /// - Precondition: The two agree. That they don't would be a fault of this program.
    /// - Parameter listsCandidates: Whether every route of the host is asked; without, the explanation
    ///   has no ``Explanation/candidates``.
    /// - Complexity: O(*n*) for *n* routes of the host if candidates are listed, else that of a match.
    package static func explain(
        _ described: DescribedRequest, in table: borrowing LoadedTable,
        listsCandidates: Bool = true
    ) -> Explanation {
        let request = described.resolvingClient(in: table)
        var explanation = verdict(on: request, in: table, listsCandidates: listsCandidates)
        explanation.clientNote = request.clientNote(in: table)
        return explanation
    }

    private static func verdict(
        on request: DescribedRequest, in table: borrowing LoadedTable, listsCandidates: Bool
    ) -> Explanation {
        if let refused = request.refusedHandshake {
            var explanation = Explanation(request: request)
            explanation.verdict = "refused: the WebSocket handshake is not valid"
            explanation.status = refused.status
            explanation.refusedHandshake = refused
            return explanation
        }
        var matcher = Matcher(for: table)
        let head = DescribedHead(request)
        let fields = head.fields
        let view = head.view(fields: fields.span)
        // Of weighted targets, the lowest draw picks the first.
        let outcome = matcher.match(view, in: table, draw: 0)

        var explanation = Explanation(request: request)
        if case .refused(let refusal) = outcome {
            explanation.verdict = "refused: \(refusal.reason)"
            explanation.status = 400
            explanation.refusedPath = RefusedPath(request.path, refusal, rules: table.pathRules)
            return explanation
        }
        explanation.canonicalHost = matcher.canonicalHost().string
        explanation.canonicalPath = matcher.canonicalPath().string
        addTrace(to: &explanation, matcher, in: table)
        guard let hostIndex = matcher.hostRuleIndex() else {
            explainWithoutHost(
                outcome, &explanation, &matcher, in: table, listsCandidates: listsCandidates)
            return explanation
        }
        let host = table.hostDescription(hostIndex)
        explanation.host = Explanation.Host(
            pattern: host.pattern, port: host.port, place: host.place, target: host.target)
        explainOutcome(outcome, host: host, &explanation, &matcher, view, in: table)
        if listsCandidates {
            addHostCandidates(to: &explanation, &matcher, in: table)
            addCandidates(of: host, outcome: outcome, &explanation, &matcher, view, in: table)
        }
        return explanation
    }

    private static func addTrace(
        to explanation: inout Explanation, _ matcher: borrowing Matcher,
        in table: borrowing LoadedTable
    ) {
        explanation.regexStepsMax = table.requestStepsMax
        explanation.work = (matcher.matchWork(in: table), table.worstCase)
        explanation.pathSteps = CanonicalTrace.steps(
            path: explanation.request.path, rules: table.pathRules)
        explanation.hostSteps = CanonicalTrace.steps(
            host: explanation.request.host, canonical: explanation.canonicalHost ?? "")
    }

    private static func explainWithoutHost(
        _ outcome: MatchOutcome, _ explanation: inout Explanation, _ matcher: inout Matcher,
        in table: borrowing LoadedTable, listsCandidates: Bool
    ) {
        if outcome == .tooExpensive {
            explanation.status = 503
            explanation.verdict =
                "refused: the host patterns need more steps than a request may take"
            return
        }
        explanation.status = 404
        let isHidden =
            explanation.canonicalPath?.replacing("%2F", with: "/").replacing("%5C", with: "/")
            .split(separator: "/").contains { $0.hasPrefix(".") && $0 != ".well-known" } ?? false
        if table.deniesHiddenFiles && isHidden {
            explanation.verdict =
                "not found: a segment begins with a dot, and deny_hidden_files is on"
            return
        }
        explanation.verdict = "not found: no host rule is for this host on this port"
        if listsCandidates { addHostCandidates(to: &explanation, &matcher, in: table) }
    }

    private static func explainOutcome(
        _ outcome: MatchOutcome, host: HostDescription, _ explanation: inout Explanation,
        _ matcher: inout Matcher, _ view: borrowing RequestView, in table: borrowing LoadedTable
    ) {
        switch outcome {
        case .forward(let route, let usual):
            let pick = pick(route, explanation.request, &matcher, in: table)
            let service = pick.service ?? usual
            let name = table.serviceName(service.rawValue)
            explanation.service = name
            let fallback = table.fallbackDescription(ofService: service.rawValue)
            explanation.fallback = fallback.isEmpty ? nil : fallback
            explanation.dataPath = dataPath(
                view.requestProtocol, route, service, &matcher, in: table)
            if let route {
                explain(route, &explanation, &matcher, in: table)
                explanation.verdict = "forwarded to \(name)"
            } else {
                explanation.middlewares = host.middlewares
                if let host = matcher.hostRuleIndex() {
                    explanation.guards = table.guardDescriptions(
                        of: table.guardProgram(ofHostRule: host),
                        client: explanation.request.client)
                }
                explanation.verdict = "no route takes it; forwarded to the host's target \(name)"
            }
            tell(of: pick, &explanation, in: table)
            forward(by: route, to: service, &explanation, &matcher, in: table)
        case .redirect(let route):
            explain(route, &explanation, &matcher, in: table)
            let isFit = matcher.makeRedirect(by: route, request: view, in: table)
            explanation.location = isFit ? matcher.redirectLocation().string : nil
            explanation.status = isFit ? table.redirectStatus(of: route) : 400
            explanation.verdict =
                isFit ? "redirected" : "refused: the redirect would not be safe to send"
        case .respond(let route):
            explain(route, &explanation, &matcher, in: table)
            explanation.status = table.response(of: route).status
            explanation.verdict = "answered by the route itself"
        case .notFound:
            explanation.status = 404
            explanation.verdict = "not found: no route of the host takes it, and it has no target"
        case .tooExpensive:
            explanation.status = 503
            explanation.verdict = "refused: a pattern needs more steps than a request may take"
        case .refused: preconditionFailure("a refused request has no host rule")
        }
    }

    private static func pick(
        _ route: RouteIndex?, _ request: DescribedRequest, _ matcher: inout Matcher,
        in table: borrowing LoadedTable
    ) -> ServicePick {
        let program =
            route.map { table.guardProgram(of: $0) }
            ?? matcher.hostRuleIndex().map { table.guardProgram(ofHostRule: $0) } ?? .empty
        return ServicePick(program, request, &matcher, in: table)
    }

    private static func tell(
        of pick: ServicePick, _ explanation: inout Explanation, in table: borrowing LoadedTable
    ) {
        if let middleware = pick.middleware {
            // Weights don't count where a service is picked.
            explanation.targets = []
            explanation.verdict += ", picked by \(middleware)"
        }
        guard let reader = pick.claimReader else { return }
        for service in pick.possible {
            let name = table.serviceName(service.rawValue)
            if name != explanation.service, !explanation.claimedServices.contains(name) {
                explanation.claimedServices.append(name)
            }
        }
        if !explanation.claimedServices.isEmpty {
            explanation.verdict +=
                "; or to \(explanation.claimedServices.joined(separator: ", ")), as the token says "
                + "to \(reader)"
        }
    }

    private static func forward(
        by route: RouteIndex?, to service: ServiceIndex, _ explanation: inout Explanation,
        _ matcher: inout Matcher, in table: borrowing LoadedTable
    ) {
        let refusal = matcher.rewrite(by: route, in: table)
        if let route {
            explanation.rewriteSteps = table.rewriteSteps(
                of: route, path: explanation.canonicalPath ?? "", params: explanation.params,
                result: refusal == nil ? matcher.forwardPath().string : nil)
        }
        if let refusal {
            explanation.status = refusal.isNotFound ? 404 : 400
            explanation.verdict =
                refusal.isNotFound
                ? "not found: a segment of the rewritten path begins with a dot, and "
                    + "deny_hidden_files is on"
                : "refused after its rewrite: \(refusal.reason)"
        } else {
            let path = matcher.forwardPath().string
            explanation.forwardPath = path
            let basePaths = Set(table.services()[Int(service.rawValue)].endpoints.map(\.basePath))
            if basePaths.count == 1, let basePath = basePaths.first {
                explanation.upstreamPath = basePath + path
            }
        }
    }

    /// Fills in what is known of the route that won.
    private static func explain(
        _ route: RouteIndex, _ explanation: inout Explanation, _ matcher: inout Matcher,
        in table: borrowing LoadedTable
    ) {
        let description = table.routeDescription(Int(route.rawValue))
        explanation.routeIndex = route
        explanation.route = Explanation.Route(
            name: description.name, pattern: description.pattern, place: description.place,
            priority: description.priority, kind: description.kind)
        explanation.middlewares = description.middlewares
        explanation.guards = table.guardDescriptions(
            of: table.guardProgram(of: route), client: explanation.request.client)
        explanation.params = matcher.captured(description.captures, by: route, in: table)
        if case .forward(let targets, _) = description.action, targets.count > 1 {
            explanation.targets = targets
        }
    }
}

extension Explainer {
    /// How the bytes of a request travel once it is forwarded.
    private static func dataPath(
        _ requestProtocol: RequestProtocol, _ route: RouteIndex?, _ service: ServiceIndex,
        _ matcher: inout Matcher, in table: borrowing LoadedTable
    ) -> String {
        switch requestProtocol {
        case .http: return "http"
        case .sse: return "sse"
        case .webSocket:
            var isFramed = table.policy(at: service.rawValue).pingIntervalMilliseconds > 0
            if case .policy(let index) = matcher.webSocketPolicy(of: route, in: table) {
                isFramed = isFramed || table.webSocketPolicy(at: index).isFramed
            }
            return isFramed ? "framed" : "opaque"
        }
    }
}

import TableFormat

extension Matcher {
    /// What the table says about a stream.
    package enum PolicyChoice: Equatable, Sendable {
        /// Nothing.
        case none
        /// A policy, by its place in the section of its kind.
        case policy(UInt32)
        /// A pattern of a policy took more steps than a request may: the request is refused.
        case tooExpensive
    }

    /// The `websocket` policy for the request matched last: the innermost of its middlewares that is for
    /// its canonical path.
    ///
    /// - Parameter route: The route that took the request; nil if the host's target did.
    package mutating func webSocketPolicy(
        of route: RouteIndex?, in table: borrowing LoadedTable
    ) -> PolicyChoice {
        guard matchedHost != .none else { return .none }
        let chain =
            route.map { table.view.action(table.view.route($0.rawValue).action).chain }
            ?? table.view.host(matchedHost).chain
        let record = table.view.record(ChainRecord.self, .chains, at: chain)
        guard record.webSocketPolicy != .none else { return .none }
        regexes.beginRequest(steps: table.requestStepsMax)
        for offset in (0..<record.memberCount).reversed() {
            let member = table.view.record(
                ChainMemberRecord.self, .chainMembers, at: record.firstMember + offset)
            let middleware = table.view.record(
                MiddlewareRecord.self, .middlewares, at: member.middleware)
            guard middleware.kind == MiddlewareKind.webSocket.rawValue, middleware.policy != .none
            else { continue }
            switch isForPath(middleware.policy, in: table) {
            case .match: return .policy(middleware.policy)
            case .noMatch: continue
            case .tooExpensive: return .tooExpensive
            }
        }
        return .none
    }

    private mutating func isForPath(
        _ policy: UInt32, in table: borrowing LoadedTable
    ) -> RegexEngine.Outcome {
        let record = table.view.record(
            WebSocketPolicyRecord.self, .webSocketPolicies, at: policy)
        guard record.pathPatternCount > 0 else { return .match }
        for offset in 0..<record.pathPatternCount {
            let place = table.view.record(
                PathPatternRecord.self, .pathPatterns, at: record.firstPathPattern + offset)
            let pattern = table.view.route(at: place.unit, of: .patternRoutes)
            guard pattern.kind == RouteKind.regex.rawValue else {
                if segmentsMatch(pattern) { return .match }
                continue
            }
            // SAFETY: the path stays as it is while the regex is run.
            let outcome = unsafe regexes.match(pattern.regex, path.buffer, in: table)
            if outcome != .noMatch { return outcome }
        }
        return .noMatch
    }
}

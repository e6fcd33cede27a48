extension TableVerifier {
    /// What the policies of streams name is there.
    func checkStreamPolicies() throws(TableDamage) {
        let known =
            WebSocketPolicyRecord.checksOrigin | WebSocketPolicyRecord.tracksConnections
            | WebSocketPolicyRecord.isFramed
        for index in 0..<count(.webSocketPolicies) {
            let policy = view.record(WebSocketPolicyRecord.self, .webSocketPolicies, at: index)
            try require(
                isInside(policy.firstOrigin, policy.originCount, .policyTexts)
                    && isInside(policy.firstSubprotocol, policy.subprotocolCount, .policyTexts)
                    && isInside(policy.firstPathPattern, policy.pathPatternCount, .pathPatterns)
                    && policy.middleware < count(.middlewares) && policy.flags & ~known == 0,
                .webSocketPolicies, index)
        }
        for index in 0..<count(.policyTexts) {
            let record = view.record(PolicyTextRecord.self, .policyTexts, at: index)
            try require(isText(record.text), .policyTexts, index)
        }
        for index in 0..<count(.pathPatterns) {
            let pattern = view.record(RouteRecord.self, .pathPatterns, at: index)
            try require(
                isPattern(pattern) && pattern.conditionCount == 0
                    && isText(pattern.firstCondition, pattern.action), .pathPatterns, index)
        }
    }

    /// Whether the pattern of a route can be compared with a path.
    func isPattern(_ route: RouteRecord) -> Bool {
        switch RouteKind(rawValue: route.kind) {
        case .exact: isText(route.content, UInt32(route.extent))
        case .segments:
            Int(route.segmentCount) <= TableLimits.segmentCountMax
                && isInside(route.content, UInt32(route.segmentCount), .segments)
                && TailKind(rawValue: route.tail) != nil
        case .regex: route.content < count(.regexes)
        case nil: false
        }
    }
}

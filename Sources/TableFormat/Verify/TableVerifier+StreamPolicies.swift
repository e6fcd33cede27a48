extension TableVerifier {
    /// What the policies of streams name is there.
    func checkStreamPolicies() throws(TableDamage) {
        let known =
            WebSocketPolicyRecord.checksOrigin | WebSocketPolicyRecord.tracksConnections
            | WebSocketPolicyRecord.isFramed
        for index in 0..<count(.webSocketPolicies) {
            let policy = view.record(WebSocketPolicyRecord.self, .webSocketPolicies, at: index)
            try require(
                isInside(policy.firstOrigin, policy.originCount, .textItems)
                    && isInside(policy.firstSubprotocol, policy.subprotocolCount, .textItems)
                    && isInside(policy.firstPathPattern, policy.pathPatternCount, .pathPatterns)
                    && policy.middleware < count(.middlewares) && policy.flags & ~known == 0,
                .webSocketPolicies, index)
        }
        try checkPathPatterns()
    }

    /// The paths of policies follow each other without gaps, each at the place that is stated for it.
    private func checkPathPatterns() throws(TableDamage) {
        let end = UInt64(count(.patternRoutes))
        var unit: UInt64 = 0
        for index in 0..<count(.pathPatterns) {
            let pattern = view.record(PathPatternRecord.self, .pathPatterns, at: index)
            try require(
                isText(pattern.text) && UInt64(pattern.unit) == unit && unit + 2 <= end,
                .pathPatterns, index)
            let route = view.route(at: pattern.unit, of: .patternRoutes)
            guard let size = size(of: route, unitsLeft: end - unit), route.conditionCount == 0
            else { throw .invalidRecord(section: .patternRoutes, record: Int(index)) }
            unit += size
        }
        try require(unit == end, .patternRoutes, count(.pathPatterns))
    }
}

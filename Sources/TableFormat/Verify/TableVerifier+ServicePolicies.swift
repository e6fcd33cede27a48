extension TableVerifier {
    /// Each service has a policy; what it names is there.
    func checkServicePolicies() throws(TableDamage) {
        try require(count(.servicePolicies) == count(.services), .servicePolicies, 0)
        for index in 0..<count(.servicePolicies) {
            let policy = view.record(ServicePolicyRecord.self, .servicePolicies, at: index)
            let texts = [
                policy.healthPath, policy.hashName, policy.affinityCookie, policy.proxyHost,
                policy.proxyUser, policy.proxyPassword,
            ]
            for text in texts { try require(isTextOrNone(text), .servicePolicies, index) }
            try require(
                policy.hashKind <= 3 && (policy.hashKind == 0) == policy.hashName.isNone,
                .servicePolicies, index)
            let namesProxy = (1...3).contains(policy.proxyKind)
            try require(
                policy.proxyKind <= 4 && namesProxy != policy.proxyHost.isNone,
                .servicePolicies, index)
            try require(
                isIndexOrNone(policy.fallbackService, .services)
                    && isIndexOrNone(policy.fallbackAnswer, .fallbackAnswers)
                    && isLastGoodSound(policy),
                .servicePolicies, index)
            // A check that is always due, or never gives a verdict, would be none.
            try require(
                policy.healthPath.isNone
                    || (policy.healthIntervalMilliseconds > 0
                        && policy.healthTimeoutMilliseconds > 0 && policy.healthyThreshold > 0
                        && policy.unhealthyThreshold > 0),
                .servicePolicies, index)
        }
        try checkFallbacks()
        try checkFallbackAnswers()
    }

    /// Fallbacks come to an end. Each service is walked over once.
    private func checkFallbacks() throws(TableDamage) {
        var walks = [UInt32](repeating: 0, count: Int(count(.servicePolicies)))
        for first in 0..<count(.servicePolicies) {
            var next = first
            while next != .none, walks[Int(next)] == 0 {
                walks[Int(next)] = first + 1
                next =
                    view.record(ServicePolicyRecord.self, .servicePolicies, at: next)
                    .fallbackService
            }
            try require(
                next == .none || walks[Int(next)] != first + 1, .servicePolicies, first)
        }
    }
}

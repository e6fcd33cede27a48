import TableFormat

extension LoadedTable {
    /// The policy of the service at `index`.
    func policy(at index: UInt32) -> ServicePolicy {
        let record = view.record(ServicePolicyRecord.self, .servicePolicies, at: index)
        var policy = ServicePolicy()
        switch record.hashKind {
        case 1: policy.hashKey = .header(string(record.hashName))
        case 2: policy.hashKey = .cookie(string(record.hashName))
        case 3: policy.hashKey = .capture(string(record.hashName))
        default: break
        }
        policy.affinity = optionalString(record.affinityCookie).map {
            ServicePolicy.Affinity(cookieName: $0, milliseconds: record.affinityMilliseconds)
        }
        policy.healthCheck = optionalString(record.healthPath).map { path in
            ServicePolicy.HealthCheck(
                path: path,
                intervalMilliseconds: record.healthIntervalMilliseconds,
                timeoutMilliseconds: record.healthTimeoutMilliseconds,
                healthyThreshold: record.healthyThreshold,
                unhealthyThreshold: record.unhealthyThreshold,
                expectedStatuses: StatusSet(words: record.expectedStatuses))
        }
        policy.retry = ServicePolicy.Retry(
            attempts: record.retryAttempts,
            backoffMilliseconds: record.retryBackoffMilliseconds,
            backoffMillisecondsMax: record.retryBackoffMillisecondsMax,
            onConnectFailure: record.flags & ServicePolicyRecord.retriesConnectFailure != 0,
            statuses: retryStatuses(record.retryStatuses))
        policy.breaker.connectionsMax = record.connectionsMax
        policy.breaker.pendingMax = record.pendingMax
        policy.breaker.consecutiveFailures = record.consecutiveFailures
        policy.breaker.ejectionMilliseconds = record.ejectionMilliseconds
        if record.fallbackService != .none {
            policy.fallback = ServiceIndex(record.fallbackService)
        }
        if record.staleMillisecondsMax > 0 {
            policy.lastGood = ServicePolicy.LastGood(
                staleMillisecondsMax: record.staleMillisecondsMax,
                answerBytesMax: Int(record.answerBytesMax),
                totalBytesMax: Int(record.totalBytesMax))
        }
        if record.fallbackAnswer != .none { policy.fallbackAnswer = record.fallbackAnswer }
        policy.proxy = proxy(of: record)
        policy.pingIntervalMilliseconds = record.pingIntervalMilliseconds
        return policy
    }

    private func retryStatuses(_ words: InlineArray<2, UInt64>) -> StatusSet {
        var statuses = StatusSet()
        for bit in 0..<128 where words[bit / 64] & 1 << UInt64(bit % 64) != 0 {
            statuses.insert(500 + UInt16(bit))
        }
        return statuses
    }

    private func proxy(of record: ServicePolicyRecord) -> ServicePolicy.Proxy {
        guard let scheme = ServicePolicy.Proxy.Scheme(rawValue: record.proxyKind) else {
            return record.proxyKind == 4 ? .environment : .none
        }
        return .server(
            scheme, host: string(record.proxyHost), port: record.proxyPort,
            user: optionalString(record.proxyUser),
            password: optionalString(record.proxyPassword))
    }
}

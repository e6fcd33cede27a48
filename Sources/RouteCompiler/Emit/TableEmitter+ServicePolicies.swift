import TableFormat
import Validate

extension TableEmitter {
    /// What the table calls a strategy.
    static func number(of strategy: BalancingStrategy) -> UInt8 {
        switch strategy {
        case .roundRobin: 0
        case .weightedRoundRobin: 1
        case .leastConnections: 2
        case .ipHash: 3
        case .random: 4
        case .weightedRandom: 5
        case .responseTime: 6
        case .consistentHash: 7
        }
    }

    /// Writes the policy of a service, in the place of the service.
    mutating func emitPolicy(of service: Service) {
        var record = ServicePolicyRecord()
        emitHashKey(of: service, to: &record)
        if let affinity = service.sessionAffinity {
            record.affinityCookie = sections.add(affinity.cookieName)
            record.affinityMilliseconds = affinity.timeoutMilliseconds
        }
        if let check = service.healthCheck { emit(check, to: &record) }
        Self.emitRetry(of: service, to: &record)
        Self.emitBreaker(of: service, to: &record)
        record.pingIntervalMilliseconds = service.pingIntervalMilliseconds ?? 0
        if let fallback = service.fallbackService { record.fallbackService = UInt32(fallback) }
        if let lastGood = service.fallback.lastGood {
            record.staleMillisecondsMax = lastGood.staleMillisecondsMax
            record.answerBytesMax = lastGood.answerBytesMax
            record.totalBytesMax = lastGood.totalBytesMax
        }
        if let answer = service.fallback.answer { record.fallbackAnswer = UInt32(answer) }
        switch service.upstreamProxy {
        case .direct: break
        case .environment: record.proxyKind = 4
        case .proxy(let scheme, let host, let port, let user, let password):
            record.proxyKind = scheme.rawValue
            record.proxyHost = sections.add(host)
            record.proxyPort = port
            record.proxyUser = sections.add(user)
            record.proxyPassword = sections.add(password)
        }
        sections.append(record, to: .servicePolicies)
    }

    private mutating func emitHashKey(of service: Service, to record: inout ServicePolicyRecord) {
        guard case .consistentHash(let key) = service.strategy else { return }
        switch key {
        case .clientIP: return
        case .header(let name): (record.hashKind, record.hashName) = (1, sections.add(name))
        case .cookie(let name): (record.hashKind, record.hashName) = (2, sections.add(name))
        case .capture(let name): (record.hashKind, record.hashName) = (3, sections.add(name))
        }
    }

    private mutating func emit(_ check: HealthCheck, to record: inout ServicePolicyRecord) {
        record.healthPath = sections.add(check.path)
        record.healthIntervalMilliseconds = check.intervalMilliseconds
        record.healthTimeoutMilliseconds = check.timeoutMilliseconds
        record.healthyThreshold = check.healthyThreshold
        record.unhealthyThreshold = check.unhealthyThreshold
        for range in check.expectedStatuses {
            for status in range {
                let bit = Int(status) - 100
                record.expectedStatuses[bit / 64] |= 1 << UInt64(bit % 64)
            }
        }
    }

    /// Whoever lists several backends wants another one where one can't be reached.
    private static func emitRetry(of service: Service, to record: inout ServicePolicyRecord) {
        guard let retry = service.retry else {
            guard service.backends.count > 1 else { return }
            record.retryAttempts = Defaults.retryAttempts
            record.retryBackoffMilliseconds = Defaults.retryBackoffMilliseconds
            record.retryBackoffMillisecondsMax = Defaults.retryBackoffMillisecondsMax
            record.flags |= ServicePolicyRecord.retriesConnectFailure
            return
        }
        record.retryAttempts = retry.attempts
        record.retryBackoffMilliseconds = retry.backoffMilliseconds
        record.retryBackoffMillisecondsMax = retry.backoffMillisecondsMax
        for trigger in retry.triggers {
            switch trigger {
            case .connectFailure: record.flags |= ServicePolicyRecord.retriesConnectFailure
            case .status(let status):
                let bit = Int(status) - 500
                record.retryStatuses[bit / 64] |= 1 << UInt64(bit % 64)
            }
        }
    }

    /// One endpoint of several is ejected without being asked for; the only one is not.
    private static func emitBreaker(of service: Service, to record: inout ServicePolicyRecord) {
        let breaker = service.circuitBreaker
        record.connectionsMax = breaker?.connectionsMax ?? 0
        record.pendingMax = breaker?.pendingMax ?? 0
        let isAsked =
            breaker?.consecutiveFailures != nil || breaker?.ejectionTimeMilliseconds != nil
        guard isAsked || service.backends.count > 1 else { return }
        record.consecutiveFailures = breaker?.consecutiveFailures ?? Defaults.consecutiveFailures
        record.ejectionMilliseconds =
            breaker?.ejectionTimeMilliseconds ?? Defaults.ejectionMilliseconds
    }
}

import RouteTable
import TableFormat

/// `rate_limit` and `dynamic_route`: guards that look at one part of a request.
extension WorkerLoop {
    mutating func limitRate(
        _ step: GuardStep, _ request: GuardedRequest, _ generation: TableGeneration
    ) -> GuardVerdict {
        guard let store = generation.guards.rateLimits,
            let rule = generation.guards.rateRules[Int(step.middleware)]
        else { preconditionFailure("a rate limit that was not prepared with its table") }
        let decision = store.take(
            rateKey(rule, request), now: nowMicroseconds &* 1_000, interval: rule.interval,
            burst: rule.burst)
        let seconds = (decision.resetNanoseconds + 999_999_999) / 1_000_000_000
        guards.answer("RateLimit-Limit", UInt64(rule.burst))
        guards.answer("RateLimit-Remaining", decision.remaining)
        guards.answer("RateLimit-Reset", seconds)
        guard !decision.isAdmitted else { return .pass }
        metrics.count(.limitRate)
        return .answer(
            .refused(
                GuardRefusal(
                    status: .tooManyRequests, reason: "too many requests",
                    fault: .tooManyRequests, route: request.route,
                    retryAfterSeconds: UInt32(clamping: max(1, seconds)))))
    }

    /// Who is counted. Who does not show what clients are told apart by is counted by the address: leaving it
    /// out must not be a way around.
    private mutating func rateKey(_ rule: RateLimitRule, _ request: GuardedRequest) -> UInt64 {
        switch rule.keyKind {
        case .header:
            // SAFETY: nothing is read into the buffer while the span is in use.
            let received = unsafe piece(0..<request.end)
            let bytes = unsafe RawSpan(_unsafeBytes: received)
            if let value = RequestKeys.field(rule.keyName, of: fields, in: bytes) {
                return RateLimitStore.key(rule.identity, bytes.octets(value))
            }
        case .claim:
            if guards.claims.contains(rule.claim) {
                return RateLimitStore.key(rule.identity, guards.claims.value(of: rule.claim))
            }
        case .clientAddress, .cookie, .query: break
        }
        return RateLimitStore.key(rule.identity, clientAddress(of: request))
    }

    mutating func pickService(
        _ step: GuardStep, _ request: GuardedRequest, _ generation: TableGeneration
    ) -> GuardVerdict {
        guard case .forward = request.outcome else { return .pass }
        let record = generation.table.dynamicRoute(step.policy)
        let name = generation.guards.dynamicKeys[Int(step.policy)]
        // SAFETY: nothing is read into the buffer while the span is in use.
        let received = unsafe piece(0..<request.end)
        let bytes = unsafe RawSpan(_unsafeBytes: received)
        let service: ServiceIndex?
        switch RequestKeyKind(rawValue: record.keyKind) {
        case .header:
            let value = RequestKeys.field(name, of: fields, in: bytes)
            service = generation.table.service(for: bytes.octets(value ?? .empty), by: step.policy)
        case .cookie:
            let value = RequestKeys.cookie(name, of: fields, in: bytes)
            service = generation.table.service(for: bytes.octets(value ?? .empty), by: step.policy)
        case .query:
            service = tables[requestTable].service(
                forParameter: name, of: bytes.octets(request.head.query), by: step.policy,
                in: generation.table)
        case .claim:
            service = generation.table.service(
                for: guards.claims.value(of: record.claim), by: step.policy)
        case .clientAddress, nil: service = nil
        }
        if let service { guards.service = service }
        return .pass
    }
}

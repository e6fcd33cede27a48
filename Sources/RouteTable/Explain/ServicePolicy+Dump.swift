extension ServiceDescription {
    /// What a dump says of how it chooses, checks, spares and reaches its backends, by the names of the configuration.
    /// Never a password.
    var policyDump: [DumpValue.Field] {
        [("hash_key", strategy == .consistentHash ? .text(policy.hashKeyText) : .none)]
            + policy.dump
    }
}

extension ServicePolicy {
    fileprivate var dump: [DumpValue.Field] {
        [
            ("session_affinity", affinityValue),
            (
                "ping_interval_ms",
                pingIntervalMilliseconds == 0 ? .none : DumpValue(pingIntervalMilliseconds)
            ),
            ("health_check", healthCheckValue), ("retry", retryValue),
            ("circuit_breaker", breakerValue), ("upstream_proxy", proxyValue),
        ]
    }

    fileprivate var hashKeyText: String {
        switch hashKey {
        case .clientAddress: "client_ip"
        case .header(let name): "header:\(name)"
        case .cookie(let name): "cookie:\(name)"
        case .capture(let name): "capture:\(name)"
        }
    }

    private var affinityValue: DumpValue {
        guard let affinity else { return .none }
        return .fields([
            ("cookie_name", .text(affinity.cookieName)),
            ("timeout_ms", DumpValue(affinity.milliseconds)),
        ])
    }

    private var healthCheckValue: DumpValue {
        guard let check = healthCheck else { return .none }
        return .fields([
            ("path", .text(check.path)), ("interval_ms", DumpValue(check.intervalMilliseconds)),
            ("timeout_ms", DumpValue(check.timeoutMilliseconds)),
            ("healthy_threshold", DumpValue(check.healthyThreshold)),
            ("unhealthy_threshold", DumpValue(check.unhealthyThreshold)),
            ("expect", .texts(check.expectedStatuses.ranges)),
        ])
    }

    private var retryValue: DumpValue {
        guard retry.attempts > 0 else { return .none }
        return .fields([
            ("attempts", DumpValue(retry.attempts)),
            ("backoff_ms", DumpValue(retry.backoffMilliseconds)),
            ("max_backoff_ms", DumpValue(retry.backoffMillisecondsMax)),
            (
                "on",
                .texts((retry.onConnectFailure ? ["connect_failure"] : []) + retry.statuses.ranges)
            ),
        ])
    }

    private var breakerValue: DumpValue {
        guard breaker != Breaker() else { return .none }
        return .fields([
            ("max_connections", DumpValue(breaker.connectionsMax)),
            ("max_pending", DumpValue(breaker.pendingMax)),
            ("consecutive_failures", DumpValue(breaker.consecutiveFailures)),
            ("ejection_time_ms", DumpValue(breaker.ejectionMilliseconds)),
        ])
    }

    private var proxyValue: DumpValue {
        switch proxy {
        case .none: return .none
        case .environment: return .text("environment")
        case .server(let scheme, let host, let port, let user, let password):
            return .fields([
                ("scheme", .text("\(scheme)")), ("host", .text(host)), ("port", DumpValue(port)),
                ("user", DumpValue(user)),
                ("password", DumpValue(password.map { _ in "written" })),
            ])
        }
    }
}

extension StatusSet {
    /// `200-399`, `503`
    var ranges: [String] {
        var result: [String] = []
        var start: UInt16?
        for status in Self.first...(Self.first + 512) {
            let isIn = status < Self.first + 512 && contains(status)
            if isIn, start == nil { start = status }
            guard !isIn, let first = start else { continue }
            result.append(first == status - 1 ? "\(first)" : "\(first)-\(status - 1)")
            start = nil
        }
        return result
    }
}

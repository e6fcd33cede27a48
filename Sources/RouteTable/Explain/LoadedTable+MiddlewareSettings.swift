import TableFormat

extension LoadedTable {
    /// What a middleware was told, by the names that the dump uses; only what was said.
    func settings(of middleware: MiddlewareRecord) -> [(name: String, value: UInt64)] {
        guard middleware.policy != .none else { return [] }
        switch MiddlewareKind(rawValue: middleware.kind) {
        case .eventStream:
            return Self.settings(of: eventStreamPolicy(at: middleware.policy))
        case .webSocket: return webSocketPolicy(at: middleware.policy).settings
        case .logging:
            let record = view.record(
                LoggingPolicyRecord.self, .loggingPolicies, at: middleware.policy)
            return [("sample_per_million", UInt64(record.samplePerMillion))]
        case .auth, .rateLimit, .cors, .headers, .ipFilter, .dynamicRoute, nil:
            return []
        }
    }

    /// What a middleware was told that is no number.
    func texts(of middleware: MiddlewareRecord) -> [(name: String, value: String)] {
        guard middleware.policy != .none,
            middleware.kind == MiddlewareKind.webSocket.rawValue
        else { return [] }
        return webSocketPolicy(at: middleware.policy).texts
    }

    private static func settings(
        of policy: EventStreamPolicy
    ) -> [(name: String, value: UInt64)] {
        let values = [
            ("heartbeat_interval_ms", policy.heartbeatIntervalMilliseconds),
            ("retry_ms", policy.retryMilliseconds),
            ("max_connections", policy.connectionsMax),
            ("max_connections_per_client", policy.connectionsPerClientMax),
            ("max_duration_ms", policy.durationMillisecondsMax),
        ]
        return values.filter { $0.1 != 0 }.map { ($0.0, UInt64($0.1)) }
    }
}

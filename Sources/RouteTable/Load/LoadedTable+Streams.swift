import TableFormat

extension LoadedTable {
    /// The middleware chain of requests that a route takes, or of those that go to the target of a
    /// host.
    ///
    /// - Parameter host: Place of the host rule; only read if there is no route.
    package func chain(of route: RouteIndex?, host: UInt32) -> UInt32 {
        guard let route else { return view.host(host).chain }
        return view.action(view.route(route.rawValue).action).chain
    }

    /// What the innermost `sse` of a chain says; nil if there is none.
    package func eventStreamPolicy(ofChain chain: UInt32) -> EventStreamPolicy? {
        let index = view.record(ChainRecord.self, .chains, at: chain).eventStreamPolicy
        return index == .none ? nil : eventStreamPolicy(at: index)
    }

    func eventStreamPolicy(at index: UInt32) -> EventStreamPolicy {
        let record = view.record(EventStreamPolicyRecord.self, .eventStreamPolicies, at: index)
        var policy = EventStreamPolicy()
        policy.heartbeatIntervalMilliseconds = record.heartbeatIntervalMilliseconds
        policy.retryMilliseconds = record.retryMilliseconds
        policy.connectionsMax = record.connectionsMax
        policy.connectionsPerClientMax = record.connectionsPerClientMax
        policy.durationMillisecondsMax = record.durationMillisecondsMax
        policy.middleware = record.middleware
        return policy
    }
}

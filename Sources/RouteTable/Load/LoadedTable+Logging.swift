import TableFormat

extension LoadedTable {
    /// All rules, in the order of their indices.
    package func loggingRules() -> [LoggingRule] {
        (0..<UInt32(view.count(of: .loggingPolicies))).map { index in
            let record = view.record(LoggingPolicyRecord.self, .loggingPolicies, at: index)
            let format: LoggingRule.Format =
                switch record.format {
                case 1: .text
                case 2: .json
                case 3: .template(string(record.template))
                default: .usual
                }
            return LoggingRule(
                output: optionalString(record.output) ?? "stdout",
                level: LoggingRule.Level(rawValue: record.level) ?? .any, format: format,
                samplePerMillion: record.samplePerMillion)
        }
    }

    /// The index of what the innermost `logging` of a chain says; nil if there is none.
    package func loggingRule(ofChain chain: UInt32) -> UInt32? {
        let index = view.record(ChainRecord.self, .chains, at: chain).loggingPolicy
        return index == .none ? nil : index
    }

    /// The same for the requests that a route takes, or those that go to the target of a host.
    ///
    /// - Parameter host: Place of the host rule; only read if there is no route.
    package func loggingRule(of route: RouteIndex?, host: UInt32) -> UInt32? {
        loggingRule(ofChain: chain(of: route, host: host))
    }
}

import RouteTable
import TableFormat

/// What guards need beyond the table: made once for it, off the workers.
struct PreparedGuards: Sendable {
    /// What is counted by `rate_limit`; nil if nothing is.
    let rateLimits: RateLimitStore?
    /// What is counted how, by the index of a middleware; nil for those of other types.
    let rateRules: [RateLimitRule?]
    /// Names of the headers, cookies and parameters that `dynamic_route`s look at, by their policies.
    let dynamicKeys: [[UInt8]]
    /// Names of the fields of requests by which something is decided. None of them may come in a trailer.
    let lookedAtFields: [[UInt8]]

    /// - Parameter earlier: Those of the table before, whose counts go on.
    init(_ table: borrowing LoadedTable, after earlier: PreparedGuards?) {
        var rules: [RateLimitRule?] = []
        for index in 0..<table.middlewareCount { rules.append(Self.rule(index, in: table)) }
        var keys: [[UInt8]] = []
        for index in 0..<table.dynamicRouteCount {
            keys.append(table.policyBytes(table.dynamicRoute(index).keyName))
        }
        let counts = rules.contains { $0 != nil }
        rateLimits = earlier?.rateLimits ?? (counts ? RateLimitStore() : nil)
        rateRules = rules
        dynamicKeys = keys
        lookedAtFields = table.lookedAtFieldNames()
    }

    private static func rule(
        _ index: UInt32, in table: borrowing LoadedTable
    ) -> RateLimitRule? {
        let middleware = table.middlewareRecord(index)
        guard middleware.kind == MiddlewareKind.rateLimit.rawValue, middleware.policy != .none
        else { return nil }
        let record = table.rateLimit(middleware.policy)
        return RateLimitRule(
            record, keyName: table.policyBytes(record.keyName),
            identity: TableHash.bytes(
                table.policyBytes(middleware.name), seed: middleware.contentHash))
    }
}

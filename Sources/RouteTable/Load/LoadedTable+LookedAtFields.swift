import TableFormat

/// For what is made of a table once.
extension LoadedTable {
    /// Names of the fields of requests by which something is decided, each once: conditions, `rate_limit`,
    /// `dynamic_route`, `token_from` and `hash_key`.
    package func lookedAtFieldNames() -> [[UInt8]] {
        var places: Set<TextReference> = []
        // The compiler writes equal texts once, so there are few places where there are many conditions.
        for index in 0..<UInt32(view.count(of: .conditions)) {
            let condition = view.condition(index)
            guard condition.kind == ConditionKind.header.rawValue else { continue }
            places.insert(
                TextReference(
                    offset: condition.nameOffset, byteCount: UInt32(condition.nameByteCount)))
        }
        let header = RequestKeyKind.header.rawValue
        for index in 0..<UInt32(view.count(of: .rateLimits)) {
            let limit = rateLimit(index)
            if limit.keyKind == header { places.insert(limit.keyName) }
        }
        for index in 0..<dynamicRouteCount {
            let route = dynamicRoute(index)
            if route.keyKind == header { places.insert(route.keyName) }
        }
        for index in 0..<UInt32(view.count(of: .authItems)) {
            let item = view.record(AuthItemRecord.self, .authItems, at: index)
            if item.kind == AuthItemKind.header.rawValue { places.insert(item.text) }
        }
        for index in 0..<UInt32(view.count(of: .servicePolicies)) {
            let policy = view.record(ServicePolicyRecord.self, .servicePolicies, at: index)
            if policy.hashKind == 1 {
                places.insert(policy.hashName)
            }
        }
        return Array(Set(places.map { policyBytes($0) }))
    }
}

import Diagnostics
import RouteSyntax

extension ConfigurationDecoder {
    private static let strategies: KeyValuePairs<String, BalancingStrategy> = [
        "round_robin": .roundRobin, "weighted_round_robin": .weightedRoundRobin,
        "least_connections": .leastConnections, "ip_hash": .ipHash, "random": .random,
        "weighted_random": .weightedRandom, "response_time": .responseTime,
        "consistent_hash": .consistentHash(.clientIP),
    ]

    /// Most backends of one service.
    private static let backendCountMax = 10_000

    mutating func decodeBalancer(_ node: Node, into service: inout Service) {
        guard let fields = fields(of: node, in: .loadBalancer) else { return }
        if let node = fields["strategy"] {
            service.strategy = word(node, "strategy", Self.strategies) ?? .roundRobin
        }
        if let node = fields["hash_key"], let key = hashKey(node) {
            if case .consistentHash = service.strategy {
                service.strategy = .consistentHash(key)
                if let index = serviceNames[service.name.value] {
                    observations.hashKeyRanges[index] = node.range
                }
            } else {
                sink.error(
                    .conflictingKeys, at: fields.keyRange("hash_key") ?? node.range,
                    "`hash_key` belongs to `strategy: consistent_hash`")
            }
        }
        if let node = required("backends", of: fields), let items = list(node, "backends") {
            if items.isEmpty {
                sink.error(.emptyValue, at: node.range, "`backends` has no backend")
            }
            guard items.count <= Self.backendCountMax else {
                sink.error(
                    .outOfRange, at: node.range,
                    "a service has at most \(Self.backendCountMax) backends")
                return
            }
            service.backends = items.compactMap { backend($0) }
            noteIdleWeights(of: service, at: fields.ownKeyRange("strategy"))
        }
        if let node = fields["session_affinity"] {
            service.sessionAffinity = sessionAffinity(node, service: service.name.value)
        }
    }

    /// All other strategies go by weights where they differ.
    private mutating func noteIdleWeights(of service: Service, at range: SourceRange?) {
        guard case .responseTime = service.strategy, let range,
            let first = service.backends.first,
            service.backends.contains(where: { $0.weight != first.weight })
        else { return }
        noteIdle(
            "`weight` has no effect with `strategy: response_time`",
            "remove the weights, or take a strategy that goes by them, as `least_connections`",
            at: range)
    }

    private mutating func hashKey(_ node: Node) -> BalancingStrategy.HashKey? {
        switch requestKey(node, "hash_key", .hashKeys) {
        case .clientIP: .clientIP
        case .header(let name): .header(name)
        case .cookie(let name): .cookie(name)
        case .capture(let name): .capture(name)
        default: nil
        }
    }

    private mutating func backend(_ node: Node) -> Backend? {
        if case .scalar(let scalar) = node.kind {
            wrongType(node, "a backend must be a map", suggestion: "write `{url: \(scalar.text)}`")
            return nil
        }
        guard let fields = fields(of: node, in: .backend), let node = required("url", of: fields),
            let url = upstreamURL(node, "url")
        else { return nil }
        return Backend(url: url, weight: weight(of: fields))
    }

    /// The `weight` of a backend or target: 1 if it is not given.
    mutating func weight(of fields: Fields) -> UInt32 {
        guard let node = fields["weight"], let weight = integer(node, "weight", 1...65535) else {
            return 1
        }
        return UInt32(weight)
    }

    private mutating func sessionAffinity(_ node: Node, service: String) -> SessionAffinity? {
        guard let fields = fields(of: node, in: .sessionAffinity) else { return nil }
        let isEnabled = flag("enabled", of: fields) ?? true
        // Two services of one site must not write over each other's cookie.
        let isShort = HeaderText.isToken(service) && service.utf8.count <= 64
        var cookieName = isShort ? "wsroute-\(service)" : "wsroute"
        if let node = fields["cookie_name"], let name = token(node, "cookie_name") {
            cookieName = name
        }
        let timeout = duration("timeout", of: fields) ?? 3_600_000
        guard isEnabled else { return nil }
        return SessionAffinity(cookieName: cookieName, timeoutMilliseconds: timeout)
    }

    /// A token of RFC 9110 section 5.6.2: the name of a header, cookie or method.
    mutating func token(_ node: Node, _ key: String) -> String? {
        guard let text = text(node, key) else { return nil }
        guard HeaderText.isToken(text) else {
            sink.error(
                .invalidHeader, at: node.range, "`\(text)` can't be the name of a header or cookie")
            return nil
        }
        return text
    }
}

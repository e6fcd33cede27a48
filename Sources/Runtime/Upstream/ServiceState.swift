package import RouteTable

/// What one worker knows of one service: its place in the worker's list of endpoints, and its turn.
package struct ServiceState {
    let firstEndpoint: UInt32
    let endpointCount: UInt32
    /// What is followed: in turn or at random means by weight where weights differ.
    let strategy: ServiceDescription.Strategy
    let readTimeoutMilliseconds: UInt64
    let writeTimeoutMilliseconds: UInt64
    let dialTimeoutMilliseconds: UInt64
    /// Host sent upstream instead of the client's; empty for the client's own.
    let proxyHost: [UInt8]
    let name: [UInt8]
    let policy: ServicePolicy
    /// Name of the header or cookie that is hashed.
    let keyName: [UInt8]
    /// Whether it spreads requests by more of them than where they come from.
    let hashesKey: Bool
    /// Of all of its endpoints; their number where weights do not count.
    let totalWeight: UInt64
    let hasUnevenWeights: Bool
    /// For strategies that hash.
    let ring: HashRing?
    /// Requests under way to all of its endpoints.
    var activeCount: UInt32 = 0
    var budget: RetryBudget
    /// Its last good answers; nil if none are kept.
    let kept: KeptAnswers?
    var turn: UInt32

    /// - Parameters:
    ///   - start: Where round robin begins, so that workers do not all begin at one endpoint.
    ///   - ring: For a strategy that hashes; made once for all workers.
    ///   - kept: For `last_good`; made once for all workers.
    package init(
        _ description: ServiceDescription, firstEndpoint: UInt32, start: UInt32,
        ring: HashRing? = nil, kept: KeptAnswers? = nil, now: MonotonicMilliseconds = 0
    ) {
        self.firstEndpoint = firstEndpoint
        endpointCount = UInt32(description.endpoints.count)
        let weights = description.endpoints.map { max(1, $0.weight) }
        hasUnevenWeights = weights.min() != weights.max()
        strategy =
            hasUnevenWeights ? Self.weightedStrategy(of: description) : description.strategy
        readTimeoutMilliseconds = UInt64(description.readTimeoutMilliseconds)
        writeTimeoutMilliseconds = UInt64(description.writeTimeoutMilliseconds)
        dialTimeoutMilliseconds = UInt64(description.dialTimeoutMilliseconds)
        proxyHost = Array((description.proxyHost ?? "").utf8)
        name = Array(description.name.utf8)
        policy = description.policy
        keyName =
            switch description.policy.hashKey {
            case .clientAddress, .capture: []
            case .header(let name), .cookie(let name): Array(name.utf8)
            }
        hashesKey = strategy == .consistentHash && description.policy.hashKey != .clientAddress
        totalWeight =
            strategy == .responseTime
            ? UInt64(description.endpoints.count)
            : weights.reduce(0) { $0 + UInt64($1) }
        self.ring = ring
        budget = RetryBudget(now: now)
        self.kept = kept
        turn = endpointCount == 0 ? 0 : start % endpointCount
    }

    /// Who gives weights wants them to count, as with other proxies. By response times they can't, which `check` says.
    private static func weightedStrategy(
        of description: ServiceDescription
    ) -> ServiceDescription.Strategy {
        switch description.strategy {
        case .roundRobin: return .weightedRoundRobin
        case .random: return .weightedRandom
        default: return description.strategy
        }
    }

    /// The places of its endpoints in the worker's list.
    var endpoints: Range<UInt32> { firstEndpoint..<firstEndpoint + endpointCount }

    /// Whether requests find out at once how ejected endpoints do, where all are: what has ejected them all is
    /// likely to be over, or was never theirs. Not where another service takes over meanwhile, and not of an only
    /// endpoint, whose ejection was asked for.
    package var triesEjected: Bool { endpointCount > 1 && policy.fallback == nil }

    /// Whether one more endpoint may be ejected for what has become of a request that was sent to it. A request that
    /// harms whoever gets it must not take the service from all others: half of the weight stays. But one may always
    /// go while another one is well, however much it weighs.
    ///
    /// - Parameters:
    ///   - index: Of the endpoint.
    ///   - endpoints: The worker's endpoints, of all services.
    package func canSpare(_ index: UInt32, of endpoints: [EndpointState]) -> Bool {
        guard endpointCount > 1 else { return true }
        var left: UInt64 = 0
        var isFirst = true
        for other in self.endpoints where other != index {
            let health = endpoints[Int(other)].health
            if health.isEjected {
                isFirst = false
            } else if !health.isDown {
                left += strategy == .responseTime ? 1 : UInt64(endpoints[Int(other)].weight)
            }
        }
        return 2 * left >= totalWeight || isFirst && left > 0
    }

    /// A request begins here, or has ended.
    package mutating func count(up: Bool) {
        if up { activeCount += 1 } else { activeCount -= 1 }
    }

    /// The ring of a service whose strategy hashes, else nil.
    package static func ring(for description: ServiceDescription) -> HashRing? {
        guard description.endpoints.count > 1,
            description.strategy == .ipHash || description.strategy == .consistentHash
        else { return nil }
        return HashRing(
            description.endpoints.map { (Array("\($0.text)\($0.basePath)".utf8), $0.weight) })
    }
}

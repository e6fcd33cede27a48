import RouteTable
import Runtime

/// A service and its endpoints as a worker sees them, without a worker.
struct PickHarness {
    private var service: ServiceState
    var endpoints: [EndpointState]
    private var random: RandomBits
    var now: MonotonicMilliseconds = 1_000_000

    init(
        _ strategy: ServiceDescription.Strategy, weights: [UInt32], seed: UInt64 = 42,
        names: [String]? = nil, hasFallback: Bool = false
    ) {
        let descriptions = weights.enumerated().map { index, weight in
            EndpointDescription(
                usesTLS: false, host: "127.0.0.1", port: 1, basePath: "",
                text: names?[index] ?? "http://10.0.0.\(index + 1)", weight: weight)
        }
        var description = ServiceDescription(
            name: "s", strategy: strategy, proxyHost: nil, readTimeoutMilliseconds: 1,
            writeTimeoutMilliseconds: 1, dialTimeoutMilliseconds: 1,
            tls: .init(
                authority: nil, certificate: nil, key: nil, serverName: nil,
                skipsVerification: false, requiresTLS13: false),
            endpoints: descriptions)
        if hasFallback { description.policy.fallback = ServiceIndex(1) }
        endpoints = descriptions.enumerated().map { index, endpoint in
            EndpointState(
                endpoint, name: .init(generation: 1, service: 0, endpoint: UInt32(index)),
                literal: nil)
        }
        service = ServiceState(
            description, firstEndpoint: 0, start: 0, ring: ServiceState.ring(for: description))
        random = RandomBits(seed: seed)
    }

    var request: PickRequest { PickRequest(now: now, nowMicroseconds: now * 1_000) }

    mutating func pick(
        hash: UInt64 = 0, tried: [UInt32] = [], preferred: UInt32 = .max, onlyWell: Bool = false,
        hasFailed: Bool = true, wasAnswered: Bool = false
    ) -> UInt32? {
        var request = request
        request.onlyWell = onlyWell
        request.hash = hash
        request.preferred = preferred
        for index in tried { request.tried.insert(index) }
        request.hasFailed = hasFailed && !tried.isEmpty
        request.hasLostConnection = request.hasFailed && !wasAnswered
        return service.pick(from: &endpoints, request, random: &random)
    }

    func canSpare(_ index: UInt32) -> Bool { service.canSpare(index, of: endpoints) }

    /// Picks and counts the request as begun.
    mutating func begin(hash: UInt64 = 0) -> UInt32? {
        guard let choice = pick(hash: hash) else { return nil }
        endpoints[Int(choice)].latency.ask(now: now * 1_000)
        endpoints[Int(choice)].count(up: true)
        service.count(up: true)
        return choice
    }

    mutating func end(_ index: UInt32) {
        endpoints[Int(index)].count(up: false)
        service.count(up: false)
    }

    /// How often each endpoint is picked, by requests that are sent there.
    mutating func counts(of number: Int, hash: (Int) -> UInt64 = { _ in 0 }) -> [Int] {
        var counts = [Int](repeating: 0, count: endpoints.count)
        for index in 0..<number {
            guard let choice = pick(hash: hash(index)) else { continue }
            endpoints[Int(choice)].latency.ask(now: now * 1_000)
            counts[Int(choice)] += 1
        }
        return counts
    }

    static var unboundedCount: UInt32 { ServiceState.unboundedCount }

    /// A request is sent to an endpoint.
    mutating func probe(_ index: UInt32) { _ = endpoints[Int(index)].health.begin(now: now) }

    /// An endpoint has answered.
    mutating func answer(_ index: UInt32, status: UInt16, after microseconds: UInt64) {
        endpoints[Int(index)].noteSuccess(status, microseconds, now: now, now * 1_000)
    }

    /// A dial of an endpoint that began a moment ago is late.
    mutating func suspect(_ index: Int) {
        _ = endpoints[index].dials.suspect(since: now, now: now, deadline: now + 60_000)
    }

    /// Ejects an endpoint.
    mutating func eject(_ index: Int, milliseconds: UInt32 = 10_000, wasSent: Bool = true) {
        var breaker = ServicePolicy.Breaker()
        breaker.consecutiveFailures = 1
        breaker.ejectionMilliseconds = milliseconds
        endpoints[index].health.fail(now: now, breaker, wasSent: wasSent)
    }
}

/// Pearson's statistic of counts against expected shares.
func chiSquare(_ counts: [Int], shares: [Double]) -> Double {
    let total = Double(counts.reduce(0, +))
    let sum = shares.reduce(0, +)
    return zip(counts, shares).reduce(0) { result, pair in
        let expected = total * pair.1 / sum
        let difference = Double(pair.0) - expected
        return result + difference * difference / expected
    }
}

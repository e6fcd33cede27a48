import MatchOracle
import TestSupport
import Testing
import Validate

/// Goal: the real matcher gives the answer that the language describes, for any table and request.
/// Method: random configurations and requests near them, each answer compared with the oracle's. A
/// fast path that differs from the slow one is a vulnerability.
@Suite("The matcher and its oracle")
struct DifferentialTests {
    @Test("agree on random requests to random tables", arguments: DifferentialSettings.cases)
    func agreement(seeds: ClosedRange<UInt64>) throws {
        for seed in seeds {
            var random = SeededGenerator(seed: seed)
            let made = RandomConfiguration(&random)
            let requests = RandomRequest(for: made)
            let oracle = Oracle(configuration: made.configuration)
            var matcher = try RealMatcher(made.configuration)
            for _ in 0..<DifferentialSettings.requestsPerTable {
                let request = requests.next(&random)
                let draw = UInt32.random(in: 0...UInt32.max, using: &random)
                let observed = matcher.observe(request, draw: draw)
                if observed.agrees(with: oracle.outcome(of: request), in: made.configuration) {
                    continue
                }
                let difference = Difference(
                    configuration: made.configuration, request: request, draw: draw)
                Issue.record("seed \(seed): the two differ\n\(difference.minimal())")
                break
            }
            #expect(matcher.excess == nil, "seed \(seed)")
        }
    }

    /// Goal: weighted targets get their shares. Method: draws spread evenly over all there are.
    @Test("share requests among targets by their weights")
    func shares() throws {
        var random = SeededGenerator(seed: 7)
        var configuration = RandomConfiguration(&random).configuration
        let place = configuration.services[0].name.range
        var rule = HostRule(pattern: Located(.any, at: place), patternText: "*")
        let targets = [(0, 1), (1, 9), (2, 90)].map {
            RouteAction.WeightedService(service: $0.0, weight: UInt32($0.1))
        }
        rule.routes = [
            RouteRule(
                pattern: Located(.exact("/"), at: place), patternText: "/",
                action: .forward(targets))
        ]
        configuration.hosts = [rule]
        var matcher = try RealMatcher(configuration)
        var counts: [String: Int] = [:]
        let drawCount = 1000
        for index in 0..<drawCount {
            let draw = UInt32((UInt64(index) << 32) / UInt64(drawCount))
            let observed = matcher.observe(OracleRequest(), draw: draw)
            guard case .forward(_, let service) = observed.verdict else {
                Issue.record("\(observed)")
                return
            }
            counts[service, default: 0] += 1
        }
        for (target, expected) in zip(targets, [10, 90, 900]) {
            let count = counts[configuration.services[target.service].name.value, default: 0]
            #expect(abs(count - expected) <= 1, "\(counts)")
        }
    }
}

internal import MatchOracle
internal import TestSupport

/// The matcher against the oracle, on random tables and random requests near them.
enum MatchRun {
    static let requestsPerTableDefault = 500

    /// - Returns: Whether the two agreed about everything.
    static func run(seeds: ClosedRange<UInt64>, requestsPerTable: Int) -> Bool {
        var comparisons = 0
        for seed in seeds {
            var random = SeededGenerator(seed: seed)
            let made = RandomConfiguration(&random)
            let requests = RandomRequest(for: made)
            let oracle = Oracle(configuration: made.configuration)
            var matcher: RealMatcher
            do {
                matcher = try RealMatcher(made.configuration)
            } catch {
                print("seed \(seed): the configuration does not compile: \(error)")
                return false
            }
            for _ in 0..<requestsPerTable {
                let request = requests.next(&random)
                let draw = UInt32.random(in: 0...UInt32.max, using: &random)
                let observed = matcher.observe(request, draw: draw)
                comparisons += 1
                if let excess = matcher.excess {
                    print("seed \(seed): \(excess.work), more than \(excess.stated)")
                    return false
                }
                if observed.agrees(with: oracle.outcome(of: request), in: made.configuration) {
                    continue
                }
                let difference = Difference(
                    configuration: made.configuration, request: request, draw: draw)
                print("seed \(seed): the two differ\n\(difference.minimal())")
                return false
            }
        }
        print(
            "match: \(comparisons) comparisons of seeds \(seeds.lowerBound)-\(seeds.upperBound), "
                + "no difference")
        return true
    }
}

import MatchOracle
import TestSupport
import Testing
import Validate

/// Goal: the random requests are worth asking: all verdicts occur, and most requests reach a route.
@Suite("The random requests")
struct GeneratorTests {
    @Test("reach routes of every kind, misses and refusals")
    func spread() {
        var counts: [String: Int] = [:]
        var total = 0
        for seed in 1...60 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            let made = RandomConfiguration(&random)
            let requests = RandomRequest(for: made)
            let oracle = Oracle(configuration: made.configuration)
            for _ in 0..<20 {
                let outcome = oracle.outcome(of: requests.next(&random))
                counts[Self.label(of: outcome, in: oracle), default: 0] += 1
                total += 1
            }
        }
        for label in ["exact", "segments", "regex", "target", "not found", "refused"] {
            #expect(counts[label, default: 0] * 40 >= total, "\(label): \(counts)")
        }
        let hits = ["exact", "segments", "regex"].reduce(0) { $0 + counts[$1, default: 0] }
        #expect(hits * 3 >= total, "\(counts)")
    }

    private static func label(of outcome: OracleOutcome, in oracle: Oracle) -> String {
        switch outcome.verdict {
        case .notFound: return "not found"
        case .refused: return "refused"
        case .forward(nil, _): return "target"
        case .forward(let place?, _), .redirect(let place), .respond(let place):
            switch oracle.configuration.hosts[place.host].routes[place.route].pattern.value {
            case .exact: return "exact"
            case .segments: return "segments"
            case .regex: return "regex"
            }
        }
    }
}

import MatchOracle
import TestSupport
import Testing
import Validate

/// Goal: two spellings of one URL never reach two routes, which is how guards are walked around.
/// Method: random requests in spellings that mean the same; the answer is the same or a refusal.
@Suite("Spellings of one URL")
struct OraclePropertyTests {
    @Test("reach the same route or are refused")
    func spellings() {
        var compared = 0
        for seed in 1...40 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            let made = RandomConfiguration(&random)
            let requests = RandomRequest(for: made)
            let oracle = Oracle(configuration: made.configuration)
            for _ in 0..<10 {
                let request = requests.next(&random)
                guard let canonical = OraclePath.canonical(request.path, oracle.pathRules) else {
                    continue
                }
                var plain = request
                plain.path = Array(canonical.utf8)
                #expect(oracle.outcome(of: plain) == oracle.outcome(of: request))
                var respelt = request
                respelt.path = PathVariant.respelling(of: canonical, &random)
                let answer = oracle.outcome(of: respelt)
                compared += 1
                let isSame = answer == oracle.outcome(of: request)
                #expect(isSame || answer.verdict == .refused, "\(request) and \(respelt)")
            }
        }
        #expect(compared > 200)
    }
}

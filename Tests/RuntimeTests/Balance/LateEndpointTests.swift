import RouteTable
import Runtime
import Testing

@Suite("Choices while connections are late")
struct LateEndpointTests {
    private func hashes(_ index: Int) -> UInt64 {
        KeyHash.address(ClientAddress(ipv4: 5 &+ UInt32(index)))
    }

    @Test(
        "An endpoint that can't be reached in time gets nothing while others are well",
        arguments: ServiceDescription.Strategy.allCases)
    func late(strategy: ServiceDescription.Strategy) {
        var harness = PickHarness(strategy, weights: [1, 2, 1])
        harness.suspect(1)
        let counts = harness.counts(of: 600, hash: hashes)
        #expect(counts[1] == 0 && counts[0] > 0 && counts[2] > 0)
        // An ill one is no better.
        harness.eject(0)
        harness.endpoints[2].health.set(isDown: true, now: harness.now)
        let last = harness.counts(of: 20, hash: hashes)
        #expect(last == [0, 20, 0])
        let nobody = harness.pick(onlyWell: true)
        #expect(nobody == nil)
        harness.now += DialWatch.suspicionMillisecondsMax
        let again = harness.pick(onlyWell: true)
        #expect(again != nil)
    }

    @Test(
        "A request that has failed elsewhere goes to a late one before it goes back",
        arguments: [false, true])
    func lateOrTried(isLate: Bool) {
        var harness = PickHarness(.roundRobin, weights: [1, 1, 1])
        if isLate { harness.suspect(1) }
        for _ in 0..<9 {
            let choice = harness.pick(tried: [0, 2])
            #expect(choice == 1)
        }
    }

    @Test("A cookie's endpoint is given up only when more than one packet was lost")
    func lateSession() {
        var harness = PickHarness(.roundRobin, weights: [1, 1, 1])
        harness.suspect(2)
        let kept = harness.pick(preferred: 2)
        #expect(kept == 2)
        harness.now += DialWatch.patienceMillisecondsMax
        let moved = harness.pick(preferred: 2)
        #expect(moved != 2 && moved != nil)
    }
}

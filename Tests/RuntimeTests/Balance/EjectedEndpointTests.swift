import RouteTable
import Runtime
import Testing

@Suite("Choices while endpoints are ejected")
struct EjectedEndpointTests {
    private func hashes(_ index: Int) -> UInt64 {
        KeyHash.address(ClientAddress(ipv4: 3 &+ UInt32(index)))
    }

    @Test(
        "A request that has failed tries ejected endpoints before it goes back",
        arguments: ServiceDescription.Strategy.allCases)
    func backOrEjected(strategy: ServiceDescription.Strategy) {
        var harness = PickHarness(strategy, weights: [1, 1, 1])
        harness.eject(0)
        harness.eject(1)
        var chosen: Set<UInt32?> = []
        for _ in 0..<2 {
            let choice = harness.pick(hash: 7, tried: [2])
            if let choice { harness.probe(choice) }
            chosen.insert(choice)
        }
        #expect(chosen == [0, 1])
        // Both are being found out about. Who is in need goes along for a while.
        let companion = harness.pick(hash: 7, tried: [2])
        #expect(companion == 0 || companion == 1)
        harness.now += EndpointHealth.companyMilliseconds
        let late = harness.pick(hash: 7, tried: [2])
        #expect(late == 2)
        // Others have somebody who has done nothing to them.
        let other = harness.pick(hash: 7)
        #expect(other == 2)
    }

    @Test("An ejected endpoint goes before one that can't be reached in time, for who has failed")
    func lateOrEjected() {
        var harness = PickHarness(.roundRobin, weights: [1, 1, 1])
        harness.eject(0)
        harness.suspect(1)
        let failed = harness.pick(tried: [2])
        #expect(failed == 0)
        harness.suspect(0)
        let next = harness.pick(tried: [2])
        #expect(next == 1)
    }

    @Test(
        "A request that was answered with a failure goes back, and leaves ejected endpoints alone",
        arguments: ServiceDescription.Strategy.allCases)
    func answered(strategy: ServiceDescription.Strategy) {
        var harness = PickHarness(strategy, weights: [1, 1])
        harness.eject(0, wasSent: false)
        for _ in 0..<9 {
            let choice = harness.pick(hash: 7, tried: [1], wasAnswered: true)
            #expect(choice == 1)
        }
        // Nor does it keep company.
        harness.probe(0)
        let choice = harness.pick(hash: 7, tried: [1], wasAnswered: true)
        #expect(choice == 1)
        // But rather that than nobody.
        harness.endpoints[1].health.set(isDown: true, now: harness.now)
        let last = harness.pick(hash: 7, tried: [1], wasAnswered: true)
        #expect(last == 0)
    }

    /// Goal: an endpoint that stays away costs those that another one has failed an attempt once in a while, not each.
    @Test("An ejected endpoint that was tried in vain is left alone for a while by who can go back")
    func triedInVain() {
        var harness = PickHarness(.roundRobin, weights: [1, 1])
        harness.eject(0, milliseconds: 3_600_000, wasSent: false)
        let first = harness.pick(tried: [1])
        #expect(first == 0)
        harness.probe(0)
        harness.eject(0, wasSent: false)
        for _ in 0..<9 {
            let choice = harness.pick(tried: [1])
            #expect(choice == 1)
        }
        // Who has nobody else tries it all the same.
        var alone = harness
        alone.eject(1)
        let atNeed = alone.pick(tried: [1])
        #expect(atNeed == 0)
        harness.now += EndpointHealth.companyMilliseconds
        let later = harness.pick(tried: [1])
        #expect(later == 0)
    }

    @Test("Endpoints that are full are no reason to try an ejected one")
    func full() {
        var harness = PickHarness(.roundRobin, weights: [1, 1, 1])
        harness.eject(0)
        for _ in 0..<9 {
            let choice = harness.pick(tried: [1, 2], hasFailed: false)
            #expect(choice != 0 && choice != nil)
        }
    }

    @Test("Where another service takes over nobody ejected is tried")
    func fallback() {
        var harness = PickHarness(.roundRobin, weights: [1, 1], hasFallback: true)
        harness.eject(0)
        let choice = harness.pick(tried: [1])
        #expect(choice == 1)
    }

    /// Goal: while the first request finds out that one is there again, nobody is turned away. Those that
    /// were ejected for what became of requests get one at a time, for more may be what harms them.
    @Test(
        "Where all are ejected, those that could not be reached get company while one finds out",
        arguments: ServiceDescription.Strategy.allCases)
    func company(strategy: ServiceDescription.Strategy) {
        var harness = PickHarness(strategy, weights: [1, 1])
        harness.eject(0)
        harness.eject(1, wasSent: false)
        for _ in 0..<2 { if let choice = harness.pick(hash: 7) { harness.probe(choice) } }
        for _ in 0..<5 {
            let choice = harness.pick(hash: 7)
            #expect(choice == 1)
            harness.probe(1)
        }
        harness.now += EndpointHealth.companyMilliseconds
        let late = harness.pick(hash: 7)
        #expect(late == nil)
    }

    @Test("Half of the weight is not ejected for what became of requests that were sent")
    func floor() {
        var harness = PickHarness(.roundRobin, weights: [1, 1, 1])
        #expect(harness.canSpare(0))
        harness.eject(0)
        #expect(!harness.canSpare(1) && !harness.canSpare(2))
        #expect(PickHarness(.roundRobin, weights: [1]).canSpare(0))
        #expect(PickHarness(.roundRobin, weights: [1, 1]).canSpare(1))
    }

    @Test("One may always be ejected while another one is well, however much it weighs")
    func heavy() {
        var uneven = PickHarness(.weightedRoundRobin, weights: [9, 1, 1])
        #expect(uneven.canSpare(0) && uneven.canSpare(1))
        uneven.eject(0)
        #expect(!uneven.canSpare(1) && !uneven.canSpare(2))
        var two = PickHarness(.weightedRoundRobin, weights: [9, 1])
        #expect(two.canSpare(0))
        two.endpoints[1].health.set(isDown: true, now: two.now)
        #expect(!two.canSpare(0))
        // Where weights do not count, endpoints do.
        var fast = PickHarness(.responseTime, weights: [9, 1, 1, 1])
        fast.eject(1)
        #expect(fast.canSpare(0))
        fast.eject(0)
        #expect(!fast.canSpare(2))
    }

    @Test(
        "One whose ejection is over soon gets a request, whatever its weight and its answers",
        arguments: ServiceDescription.Strategy.allCases, [0, 100])
    func due(strategy: ServiceDescription.Strategy, tunnelCount: Int) {
        var harness = PickHarness(strategy, weights: [1, 3, 5])
        for index: UInt32 in 0..<3 { harness.answer(index, status: 200, after: 1_000) }
        // WebSockets from before, say.
        for _ in 0..<tunnelCount { harness.endpoints[0].count(up: true) }
        harness.endpoints[0].latency.fail(after: 900_000, now: harness.now * 1_000)
        harness.eject(0)
        #expect(harness.counts(of: 100, hash: hashes)[0] == 0)
        harness.now += 10_000
        for index: UInt32 in 1..<3 { harness.answer(index, status: 200, after: 1_000) }
        #expect(harness.counts(of: 100, hash: hashes)[0] > 0)
    }

    /// Goal: who has failed elsewhere, or waits for a connection, does not use up its attempts on such as may be dead.
    @Test(
        "A request that has failed leaves those that are due to fresh ones while one is well",
        arguments: ServiceDescription.Strategy.allCases, [false, true])
    func dueForFresh(strategy: ServiceDescription.Strategy, onlyWell: Bool) {
        var harness = PickHarness(strategy, weights: [1, 1, 1, 1])
        harness.eject(1)
        harness.eject(2)
        harness.now += 10_000
        for number in 0..<50 {
            let choice = harness.pick(hash: hashes(number), tried: [0], onlyWell: onlyWell)
            #expect(choice == 3)
        }
        let fresh = harness.counts(of: 50, hash: hashes)
        #expect(fresh[1] + fresh[2] > 0)
        // Rather one that is due than nobody.
        harness.endpoints[3].health.set(isDown: true, now: harness.now)
        let last = harness.pick(hash: 7, tried: [0], onlyWell: onlyWell)
        #expect(last == 1 || last == 2)
    }

    @Test(
        "One that accepts and never answers takes no request after the other",
        arguments: ServiceDescription.Strategy.allCases)
    func givenUp(strategy: ServiceDescription.Strategy) {
        var harness = PickHarness(strategy, weights: [1, 1])
        harness.eject(1)
        harness.now += 10_000
        harness.probe(1)
        harness.now += 50
        harness.endpoints[1].health.abandonProbe(now: harness.now, wasSent: true)
        harness.now += EndpointHealth.companyMilliseconds - 1
        #expect(harness.counts(of: 50, hash: hashes) == [50, 0])
        harness.now += 1
        #expect(harness.counts(of: 50, hash: hashes)[1] > 0)
    }
}

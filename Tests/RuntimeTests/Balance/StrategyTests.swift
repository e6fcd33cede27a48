import RouteTable
import Runtime
import Testing

/// Goal: each strategy spreads requests as its name says, and none sends one to an endpoint that is out.
/// Method: many choices from fixed seeds, compared with what is expected by Pearson's test: with three
/// degrees of freedom 16.3 is passed once in a thousand seeds.
@Suite("Strategies")
struct StrategyTests {
    private func hashes(_ seed: UInt64) -> (Int) -> UInt64 {
        { index in KeyHash.address(ClientAddress(ipv4: UInt32(seed) &+ UInt32(index))) }
    }

    @Test("Random is even", arguments: [1, 2, 3] as [UInt64])
    func random(seed: UInt64) {
        var harness = PickHarness(.random, weights: [1, 1, 1, 1], seed: seed)
        let counts = harness.counts(of: 8_000)
        #expect(chiSquare(counts, shares: [1, 1, 1, 1]) < 16.3)
    }

    @Test(
        "The share of those that are out goes to all others alike",
        arguments: [.random, .responseTime] as [ServiceDescription.Strategy])
    func sharesOfMissing(strategy: ServiceDescription.Strategy) {
        var harness = PickHarness(strategy, weights: [1, 1, 1, 1, 1, 1, 1, 1])
        for index in 1...3 { harness.endpoints[index].health.set(isDown: true, now: harness.now) }
        // All equally fast, so that what is drawn decides.
        for index in harness.endpoints.indices {
            harness.endpoints[index].latency.observe(1_000, now: harness.now * 1_000)
        }
        let counts = harness.counts(of: 10_000)
        let rest = [0, 4, 5, 6, 7].map { counts[$0] }
        #expect(rest.reduce(0, +) == 10_000)
        // Four degrees of freedom.
        #expect(chiSquare(rest, shares: [1, 1, 1, 1, 1]) < 18.5)
    }

    @Test("Weights that differ count in turn and at random too")
    func plainWeights() {
        var inTurn = PickHarness(.roundRobin, weights: [2, 1])
        let first = (0..<6).map { _ in inTurn.pick() }
        #expect(first == [0, 1, 0, 0, 1, 0])
        var random = PickHarness(.random, weights: [9, 1])
        let counts = random.counts(of: 10_000)
        #expect(chiSquare(counts, shares: [9, 1]) < 10.8)
        // Who weighs the same is still taken as it is less busy.
        var even = PickHarness(.random, weights: [3, 3])
        for _ in 0..<100 { _ = even.begin() }
        #expect(even.endpoints.map(\.activeCount) == [50, 50])
    }

    @Test("Random takes the less busy one of two")
    func lessBusy() {
        var harness = PickHarness(.random, weights: [1, 1, 1, 1])
        var counts = [Int](repeating: 0, count: 4)
        for _ in 0..<4_000 { if let choice = harness.begin() { counts[Int(choice)] += 1 } }
        // One choice would differ by about a hundred; two differ by a handful (Mitzenmacher).
        #expect(counts.allSatisfy { (990...1_010).contains($0) })
    }

    @Test("Weighted random follows the weights", arguments: [1, 2, 3] as [UInt64])
    func weightedRandom(seed: UInt64) {
        var harness = PickHarness(.weightedRandom, weights: [1, 2, 3, 4], seed: seed)
        let counts = harness.counts(of: 10_000)
        #expect(chiSquare(counts, shares: [1, 2, 3, 4]) < 16.3)
    }

    @Test("Weighted round robin follows the weights exactly")
    func weightedRoundRobin() {
        var harness = PickHarness(.weightedRoundRobin, weights: [1, 2, 3, 4])
        let counts = harness.counts(of: 1_000)
        #expect(counts == [100, 200, 300, 400])
    }

    @Test("Least connections fills up those with the fewest, by weight")
    func leastConnections() {
        var harness = PickHarness(.leastConnections, weights: [1, 1, 2])
        var counts = [0, 0, 0]
        for _ in 0..<400 { if let choice = harness.begin() { counts[Int(choice)] += 1 } }
        #expect(counts == [100, 100, 200])
        for _ in 0..<10 { harness.end(1) }
        for _ in 0..<10 {
            let choice = harness.begin()
            #expect(choice == 1)
        }
    }

    @Test("Least connections follows the weights where nothing is under way")
    func idleWeights() {
        var harness = PickHarness(.leastConnections, weights: [1, 2, 3, 4, 5])
        #expect(harness.counts(of: 150) == [10, 20, 30, 40, 50])
        var two = PickHarness(.leastConnections, weights: [2, 1])
        let first = (0..<6).map { _ in two.pick() }
        #expect(first == [0, 1, 0, 0, 1, 0])
        // One that is back gets its share step by step.
        two.endpoints[0].health.set(isDown: true, now: two.now)
        two.endpoints[0].health.set(isDown: false, now: two.now)
        #expect((50...400).contains(two.counts(of: 1_500)[0]))
    }

    @Test("A client address always leads to the same endpoint, and addresses are spread")
    func ipHash() {
        var harness = PickHarness(.ipHash, weights: [1, 1, 1, 1])
        let first = (0..<200).map { harness.pick(hash: hashes(0)($0)) }
        let second = (0..<200).map { harness.pick(hash: hashes(0)($0)) }
        #expect(first == second)
        let counts = harness.counts(of: 20_000, hash: hashes(7))
        // 160 points an endpoint: shares differ by about a twelfth.
        #expect(counts.allSatisfy { (4_000...6_000).contains($0) })
    }

    @Test("When an endpoint is added, only the keys that fall to it move")
    func consistency() {
        let names = (1...5).map { "http://10.0.0.\($0)" }
        var four = PickHarness(
            .consistentHash, weights: [1, 1, 1, 1], names: Array(names.prefix(4)))
        var five = PickHarness(.consistentHash, weights: [1, 1, 1, 1, 1], names: names)
        var movedCount = 0
        for index in 0..<10_000 {
            let before = four.pick(hash: hashes(3)(index))
            let after = five.pick(hash: hashes(3)(index))
            guard before != after else { continue }
            #expect(after == 4)
            movedCount += 1
        }
        #expect((1_500...2_500).contains(movedCount))
    }

    @Test("Weights count on the ring")
    func weightedRing() {
        var harness = PickHarness(.consistentHash, weights: [1, 3])
        let counts = harness.counts(of: 20_000, hash: hashes(11))
        #expect((4_000...6_000).contains(counts[0]))
    }

    @Test("One hot key can't crowd one endpoint: no great load is a quarter above its share")
    func boundedLoad() {
        var harness = PickHarness(.consistentHash, weights: [1, 1, 1, 1])
        for begun in 1...1_000 {
            let choice = harness.begin(hash: 12_345)
            #expect(choice != nil)
            let bound = max(64, UInt32(Double(begun) * 1.25 / 4) + 1)
            #expect(harness.endpoints.allSatisfy { $0.activeCount <= bound })
        }
        #expect(harness.endpoints.allSatisfy { $0.activeCount > 0 })
        // And a service at rest sends the key where it belongs.
        var calm = PickHarness(.consistentHash, weights: [1, 1, 1, 1])
        let choices = Set((0..<50).map { _ in calm.pick(hash: 12_345) })
        #expect(choices.count == 1)
    }

    @Test("What belongs to one key stays together while there is little to do")
    func littleLoad() {
        var harness = PickHarness(.consistentHash, weights: [1, 1, 1])
        let rooms = (0..<12).map { hashes(77)($0) }
        // Ten members of a room, all of whom stay.
        for room in rooms {
            let choices = Set((0..<10).map { _ in harness.begin(hash: room) })
            let busiest = harness.endpoints.map(\.activeCount).max() ?? 0
            if busiest < PickHarness.unboundedCount { #expect(choices.count == 1) }
        }
        var alone = PickHarness(.consistentHash, weights: [1, 1, 1])
        let members = (0..<64).map { _ in alone.begin(hash: 5) }
        #expect(Set(members).count == 1)
        let next = alone.begin(hash: 5)
        #expect(next != members[0])
    }

    @Test(
        "Many keys are spread evenly, though small loads are not bounded",
        arguments: [3, 19, 77] as [UInt64])
    func manyKeys(seed: UInt64) {
        var harness = PickHarness(.consistentHash, weights: [1, 1, 1, 1])
        for index in 0..<4_000 { _ = harness.begin(hash: hashes(seed)(index)) }
        #expect(harness.endpoints.allSatisfy { (700...1_251).contains($0.activeCount) })
    }

    @Test("Response time prefers the fast endpoint, and comes back to one that was slow once")
    func responseTime() {
        var harness = PickHarness(.responseTime, weights: [1, 1])
        for index in [0, 1] {
            harness.endpoints[index].latency.observe(1_000, now: harness.now * 1_000)
        }
        for _ in 0..<9 {
            harness.now += 500
            harness.endpoints[0].latency.observe(500_000, now: harness.now * 1_000)
        }
        harness.endpoints[1].latency.observe(1_000, now: harness.now * 1_000)
        let counts = harness.counts(of: 100)
        #expect(counts == [0, 100])
        // Four times as long as it costs.
        harness.now += 2_000
        harness.endpoints[1].latency.observe(1_000, now: harness.now * 1_000)
        let later = harness.counts(of: 100)
        #expect(later == [1, 99])
    }

    @Test("A busy endpoint counts as slow")
    func busy() {
        var harness = PickHarness(.responseTime, weights: [1, 1])
        for index in [0, 1] {
            harness.endpoints[index].latency.observe(1_000, now: harness.now * 1_000)
        }
        var counts = [0, 0]
        for _ in 0..<100 { if let choice = harness.begin() { counts[Int(choice)] += 1 } }
        #expect(counts == [50, 50])
    }

    @Test(
        "An endpoint that is out gets nothing, and its share goes to the others",
        arguments: ServiceDescription.Strategy.allCases)
    func out(strategy: ServiceDescription.Strategy) {
        var harness = PickHarness(strategy, weights: [1, 2, 1, 2])
        harness.eject(2)
        harness.endpoints[0].health.set(isDown: true, now: harness.now)
        let counts = harness.counts(of: 1_000, hash: hashes(5))
        #expect(counts[0] == 0 && counts[2] == 0 && counts[1] + counts[3] == 1_000)
        #expect(counts[1] > 0 && counts[3] > 0)
    }

    @Test(
        "Where all are out there is no choice", arguments: ServiceDescription.Strategy.allCases)
    func allOut(strategy: ServiceDescription.Strategy) {
        for count in 1...3 {
            var harness = PickHarness(
                strategy, weights: [UInt32](repeating: 1, count: count), hasFallback: true)
            for index in 0..<count { harness.eject(index) }
            let none = harness.pick()
            #expect(none == nil)
            harness.now += 10_000
            let some = harness.pick()
            #expect(some != nil)
        }
        var only = PickHarness(strategy, weights: [1])
        only.eject(0)
        let none = only.pick()
        #expect(none == nil)
    }

    @Test(
        "Where all are ejected and nobody takes over, each gets one request that finds out",
        arguments: ServiceDescription.Strategy.allCases)
    func allEjected(strategy: ServiceDescription.Strategy) {
        var harness = PickHarness(strategy, weights: [1, 1, 1, 1])
        for index in 0..<4 { harness.eject(index) }
        // What a health check says is no matter of trying.
        harness.endpoints[2].health.set(isDown: true, now: harness.now)
        var chosen: [UInt32] = []
        while let choice = harness.pick(hash: 7), chosen.count < 4 {
            chosen.append(choice)
            _ = harness.endpoints[Int(choice)].health.begin(now: harness.now)
        }
        #expect(chosen.sorted() == [0, 1, 3])
        harness.endpoints[1].health.succeed(now: harness.now)
        #expect(harness.counts(of: 20) == [0, 20, 0, 0])
    }

    @Test(
        "A request is not sent again to where it failed, unless there is nobody else",
        arguments: ServiceDescription.Strategy.allCases)
    func tried(strategy: ServiceDescription.Strategy) {
        var harness = PickHarness(strategy, weights: [1, 1, 1])
        for _ in 0..<50 {
            let choice = harness.pick(hash: 9, tried: [0, 2])
            #expect(choice == 1)
        }
        let last = harness.pick(hash: 9, tried: [0, 1, 2])
        #expect(last != nil)
    }

    @Test("A cookie's endpoint is taken while it is well", arguments: [UInt32(0), 1, 2])
    func preferred(index: UInt32) {
        var harness = PickHarness(.roundRobin, weights: [1, 1, 1])
        let kept = (0..<5).map { _ in harness.pick(preferred: index) }
        #expect(kept == [index, index, index, index, index])
        harness.eject(Int(index))
        let others = (0..<5).map { _ in harness.pick(preferred: index) }
        #expect(!others.contains(index) && !others.contains(nil))
        let unknown = harness.pick(preferred: 17)
        #expect(unknown != nil)
    }

    /// One that is drawn second has had a chance before, so a draw of two gives a bit more.
    @Test(
        "An endpoint that is back gets its share step by step where it is drawn",
        arguments: [ServiceDescription.Strategy.random, .responseTime, .weightedRandom],
        [2, 3, 8])
    func slowStartAtRandom(strategy: ServiceDescription.Strategy, count: Int) {
        var harness = PickHarness(strategy, weights: [UInt32](repeating: 1, count: count))
        harness.endpoints[0].health.set(isDown: true, now: harness.now)
        harness.endpoints[0].health.set(isDown: false, now: harness.now)
        let share = 4_000 / count
        let atFirst = harness.counts(of: 4_000)[0]
        #expect((share / 40...share / 3).contains(atFirst))
        harness.now += EndpointHealth.slowStartMilliseconds
        let atLast = harness.counts(of: 4_000)[0]
        #expect((share * 4 / 5...share * 6 / 5).contains(atLast))
    }

    @Test("An endpoint that is back gets its share step by step")
    func slowStart() {
        var harness = PickHarness(.roundRobin, weights: [1, 1])
        harness.endpoints[0].health.set(isDown: true, now: harness.now)
        harness.endpoints[0].health.set(isDown: false, now: harness.now)
        let atFirst = harness.counts(of: 2_000)[0]
        harness.now += EndpointHealth.slowStartMilliseconds / 2
        let halfWay = harness.counts(of: 2_000)[0]
        harness.now += EndpointHealth.slowStartMilliseconds / 2
        let atLast = harness.counts(of: 2_000)[0]
        #expect((100...250).contains(atFirst))
        #expect((600...850).contains(halfWay))
        #expect(atLast == 1_000)
    }
}

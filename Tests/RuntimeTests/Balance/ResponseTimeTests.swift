import RouteTable
import Runtime
import Testing

/// Goal: `response_time` shares among equal endpoints whatever single answers take, prefers fast ones, leaves one that
/// stalls, and finds out soon that it is well. Method: clients simulated from fixed seeds.
@Suite("Choices by response time")
struct ResponseTimeTests {
    @Test(
        "Equal endpoints share about equally, though single answers take twenty times as long",
        arguments: [1, 2, 3, 4] as [UInt64], [1, 4])
    func equal(seed: UInt64, clientCount: Int) {
        var load = LoadSimulation(
            .responseTime, weights: [1, 1], clientCount: clientCount, seed: seed)
        load.run(milliseconds: 30_000) { _, _, random in LoadSimulation.noisy(10, &random) }
        var firsts: [Int] = []
        for start in stride(from: 0, to: load.requests.count - 300, by: 300) {
            firsts.append(load.requests[start..<start + 300].count { $0.endpoint == 0 })
        }
        #expect(firsts.count > 4)
        #expect(firsts.allSatisfy { (75...225).contains($0) }, "\(firsts)")
    }

    @Test(
        "One that is ten times slower gets few requests, but some",
        arguments: [1, 2, 3] as [UInt64], [1, 4])
    func slower(seed: UInt64, clientCount: Int) {
        var load = LoadSimulation(
            .responseTime, weights: [1, 1], clientCount: clientCount, seed: seed)
        load.run(milliseconds: 30_000) { endpoint, _, random in
            LoadSimulation.noisy(endpoint == 1 ? 100 : 10, &random)
        }
        let (slow, all) = (load.count(1), load.requests.count)
        #expect(slow > all / 200 && slow < all / 10, "\(slow) of \(all)")
    }

    @Test(
        "One that stalls is left at once, and is back soon",
        arguments: [1, 2, 3, 4, 5] as [UInt64], [2_000, 60_000] as [UInt64])
    func stalled(seed: UInt64, timeout: UInt64) {
        var load = LoadSimulation(
            .responseTime, weights: [1, 1, 1], clientCount: 4, pause: 10, timeout: timeout,
            seed: seed)
        let start = load.harness.now
        let (stall, well) = (start + 3_000, start + 9_000)
        load.run(milliseconds: 25_000) { endpoint, now, random in
            guard endpoint == 1, now >= stall, now < well else {
                return LoadSimulation.noisy(4, &random)
            }
            return well - now + 3
        }
        let lost = load.count(1, stall..<well)
        #expect(lost <= 5, "\(lost)")
        let first = load.requests.first { $0.endpoint == 1 && $0.begin >= well }?.begin ?? .max
        // What took long is left alone for four times as long.
        let pause: UInt64 = timeout == 2_000 ? 9_000 : 2_000
        #expect(first < well + pause, "\(first)")
        let late = well + pause + 1_000..<well + pause + 5_000
        let all = load.requests.count { late.contains($0.begin) }
        #expect(load.count(1, late) > all / 5, "\(load.count(1, late)) of \(all)")
    }

    @Test(
        "One whose ejection is over gets the next request that draws it, one at a time",
        arguments: [1, 2, 3] as [UInt64])
    func ejected(seed: UInt64) {
        var harness = PickHarness(.responseTime, weights: [1, 1], seed: seed)
        for index: UInt32 in [0, 1] { harness.answer(index, status: 200, after: 3_000) }
        harness.endpoints[1].latency.fail(after: 2_000_000, now: harness.now * 1_000)
        harness.eject(1)
        harness.now += 10_000
        harness.answer(0, status: 200, after: 3_000)
        let choice = harness.begin()
        #expect(choice == 1)
        harness.probe(1)
        #expect(harness.counts(of: 50) == [50, 0])
        harness.answer(1, status: 200, after: 3_000)
        if let choice { harness.end(choice) }
        harness.now += EndpointHealth.slowStartMilliseconds
        for index: UInt32 in [0, 1] { harness.answer(index, status: 200, after: 3_000) }
        #expect(harness.counts(of: 400)[1] > 150)
    }

    @Test("One that hangs is asked again once, and then not before it has failed")
    func asksOnce() {
        var harness = PickHarness(.responseTime, weights: [1, 1])
        for index: UInt32 in [0, 1] { harness.answer(index, status: 200, after: 1_000) }
        harness.endpoints[1].latency.fail(after: 900_000, now: harness.now * 1_000)
        var count = 0
        for _ in 0..<1_000 {
            harness.now += 5
            guard let choice = harness.begin() else { continue }
            if choice == 1 {
                count += 1
            } else {
                harness.end(0)
                harness.answer(0, status: 200, after: 1_000)
            }
        }
        #expect(count == 1)
    }

    @Test(
        "One that takes long to fail gets little of the time of a client that asks in turn",
        arguments: [1, 2, 3] as [UInt64])
    func failsSlowly(seed: UInt64) {
        var load = LoadSimulation(
            .responseTime, weights: [1, 1], clientCount: 1, timeout: 2_000, seed: seed)
        load.run(milliseconds: 60_000) { endpoint, _, random in
            endpoint == 1 ? 60_000 : LoadSimulation.noisy(10, &random)
        }
        let count = load.count(1)
        #expect(count >= 5 && count <= 7, "\(count)")
    }

    @Test("A choice that comes to nothing, as that one is full, does not count as a request to it")
    func full() {
        var harness = PickHarness(.responseTime, weights: [1, 1])
        for index: UInt32 in [0, 1] { harness.answer(index, status: 200, after: 1_000) }
        harness.endpoints[1].latency.fail(after: 900_000, now: harness.now * 1_000)
        harness.now += 9_000
        harness.answer(0, status: 200, after: 1_000)
        let choices = (0..<400).map { _ in harness.pick() }
        let count = choices.count { $0 == 1 }
        #expect((20...90).contains(count), "\(count)")
    }
}

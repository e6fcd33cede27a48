import RouteTable
import Runtime
import Testing

/// Goal: `least_connections` follows the weights however many requests are under way, and leaves one that is slow.
/// Method: clients simulated from a fixed seed.
@Suite("Fewest connections by weight")
struct WeightedLoadTests {
    @Test(
        "Few clients are spread by weight, too",
        arguments: [[10, 1], [99, 1], [3, 1]] as [[UInt32]], [1, 2, 5, 10])
    func fewClients(weights: [UInt32], clientCount: Int) {
        var load = LoadSimulation(
            .leastConnections, weights: weights, clientCount: clientCount, seed: 5)
        load.run(milliseconds: 40_000) { _, _, random in 5 + random.next(below: 10) }
        let part = Double(load.count(1)) / Double(load.requests.count)
        let share = 1 / Double(weights[0] + weights[1])
        #expect(part > share * 0.8 && part < share * 1.2, "\(part)")
    }

    @Test("A heavy one that is slow gets less than its weight")
    func slow() {
        var load = LoadSimulation(.leastConnections, weights: [3, 1], clientCount: 20, seed: 5)
        load.run(milliseconds: 40_000) { endpoint, _, random in
            (endpoint == 0 ? 100 : 5) + random.next(below: 10)
        }
        #expect(load.count(0) < load.count(1), "\(load.count(0)) of \(load.requests.count)")
    }

    @Test("A heavy one that stalls gets no more than its share of what is under way")
    func stalled() {
        var load = LoadSimulation(.leastConnections, weights: [3, 1], clientCount: 5, seed: 5)
        let stall = load.harness.now + 1_000
        let late = stall + 1_000..<stall + 9_000
        load.run(milliseconds: 10_000) { endpoint, now, random in
            endpoint == 0 && now >= stall ? 60_000 : 5 + random.next(below: 10)
        }
        #expect(load.count(0, late) == 0 && load.count(1, late) > 500)
        #expect(load.harness.endpoints[0].activeCount <= 4)
    }
}

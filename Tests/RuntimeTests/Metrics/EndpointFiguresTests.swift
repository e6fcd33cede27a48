import Runtime
import Testing

@Suite("What workers know of endpoints")
struct EndpointFiguresTests {
    private let registry = MetricsRegistry(workerCount: 2)
    private let lease: EndpointLease

    init() {
        lease = EndpointLease(
            ["http://10.0.0.1", "http://10.0.0.2"].map {
                MetricEndpoint(service: "origin", text: $0)
            }, in: registry)
    }

    private var slot: MetricSlot { registry.slot(ofEndpoint: "http://10.0.0.1", of: "origin") }

    private func figures(now: UInt64) -> EndpointFigures {
        EndpointFigures(of: slot, in: registry, now: now)
    }

    @Test("One worker that sends it nothing makes it ejected, until all of them would try it again")
    func circuit() {
        #expect(figures(now: 100).circuit == .closed)
        registry.workers[1].set(.triedAgainFrom, of: slot, to: 200)
        #expect(figures(now: 199).circuit == .ejected)
        #expect(figures(now: 200).circuit == .halfOpen)
        registry.workers[0].set(.triedAgainFrom, of: slot, to: 300)
        #expect(figures(now: 200).circuit == .ejected)
        #expect(figures(now: 300).circuit == .halfOpen)
        registry.workers[0].set(.triedAgainFrom, of: slot, to: 0)
        #expect(figures(now: 300).circuit == .halfOpen)
        registry.workers[1].set(.triedAgainFrom, of: slot, to: 0)
        #expect(figures(now: 300).circuit == .closed)
    }

    private func ejectedWorkers(now: UInt64) -> [String] {
        var facts = MetricsPage.Facts()
        facts.now = now
        let bytes = MetricsPage.bytes(registry, facts, startMilliseconds: 0)
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
            .filter { $0.hasPrefix("wsproxy_upstream_ejected_workers{") }
            .map { String($0.suffix(2)) }
            // Which endpoint stands first is left to chance.
            .sorted(by: >)
    }

    /// Goal: the gauge goes down with the time, without a request that would have it written anew.
    @Test("A worker counts as one that sends nothing until its time to do so is over")
    func ejectedWorkers() {
        registry.workers[0].set(.triedAgainFrom, of: slot, to: 200)
        registry.workers[1].set(.triedAgainFrom, of: slot, to: 300)
        #expect(ejectedWorkers(now: 199) == [" 2", " 0"])
        #expect(ejectedWorkers(now: 200) == [" 1", " 0"])
        #expect(ejectedWorkers(now: 300) == [" 0", " 0"])
        // It is being tried.
        registry.workers[0].set(.triedAgainFrom, of: slot, to: 1)
        #expect(ejectedWorkers(now: 300) == [" 0", " 0"])
    }

    @Test("A latency is the mean of the workers that have asked of late, and none if nobody has")
    func latency() {
        #expect(figures(now: 100).latencyMicroseconds == nil)
        registry.workers[0].set(.latency, of: slot, to: 1_000)
        registry.workers[0].set(.latencyTaken, of: slot, to: 1_000)
        registry.workers[1].set(.latency, of: slot, to: 3_000)
        registry.workers[1].set(.latencyTaken, of: slot, to: 50_000)
        #expect(figures(now: 60_999).latencyMicroseconds == 2_000)
        #expect(figures(now: 61_000).latencyMicroseconds == 3_000)
        #expect(figures(now: 110_000).latencyMicroseconds == nil)
    }

    @Test("What shares a place says nothing of any of them")
    func overflow() {
        registry.workers[0].set(.triedAgainFrom, of: .other, to: 500)
        let figures = EndpointFigures(of: .other, in: registry, now: 100)
        #expect(figures.circuit == .closed && figures.latencyMicroseconds == nil)
    }

    /// Goal: what is said of one endpoint touches neither its counters nor its neighbour.
    @Test("Marks share no word with counters")
    func places() {
        let neighbour = registry.slot(ofEndpoint: "http://10.0.0.2", of: "origin")
        for counter in EndpointCounter.allCases {
            registry.workers[0].count(counter, of: slot, by: 7)
            registry.workers[0].count(counter, of: neighbour, by: 7)
        }
        #expect(figures(now: 1) == EndpointFigures(of: .other, in: registry, now: 1))
        for mark in EndpointMark.allCases { registry.workers[0].set(mark, of: slot, to: 1_000) }
        #expect(
            EndpointFigures(of: neighbour, in: registry, now: 1)
                == EndpointFigures(of: .other, in: registry, now: 1))
        let bytes = MetricsPage.bytes(registry, MetricsPage.Facts(), startMilliseconds: 0)
        #expect(!String(decoding: bytes, as: UTF8.self).contains(" 1000\n"))
    }
}

import Runtime
import Testing

/// Goal: backends may come and go for years; those of the tables in use are counted, and no sum gets smaller.
@Suite("Places of endpoints among the counters")
struct EndpointLeaseTests {
    /// Places for names: two belong to nobody.
    private let countMax = 2_046
    private let registry = MetricsRegistry(workerCount: 2)

    private func names(_ range: Range<Int>) -> [MetricEndpoint] {
        range.map { MetricEndpoint(service: "s", text: "http://10.0.0.0:\($0)") }
    }

    private func slot(_ number: Int) -> MetricSlot {
        registry.slot(ofEndpoint: "http://10.0.0.0:\(number)", of: "s")
    }

    private func page() -> [String] {
        let bytes = MetricsPage.bytes(registry, MetricsPage.Facts(), startMilliseconds: 0)
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
            .filter { !$0.hasPrefix("#") }
    }

    private func requests(_ label: String) -> UInt64? {
        let line = page().first {
            $0.hasPrefix("wsproxy_upstream_requests_total{") && $0.contains(label)
        }
        return line.flatMap { UInt64($0.split(separator: " ")[1]) }
    }

    private var requestSum: UInt64 {
        page().filter { $0.hasPrefix("wsproxy_upstream_requests_total{") }
            .reduce(0) { $0 + (UInt64($1.split(separator: " ")[1]) ?? 0) }
    }

    @Test("A table's endpoints have places; those of no table are counted together")
    func places() {
        let lease = EndpointLease(names(0..<2), in: registry)
        #expect(slot(0) != slot(1) && slot(0) != .other)
        #expect(slot(2) == .other)
        registry.workers[0].count(.requests, of: slot(2), by: 3)
        #expect(requests("endpoint=\"other\"") == 3)
        withExtendedLifetime(lease) {}
    }

    @Test("A name that comes back goes on where it was, and is shown without its gauges meanwhile")
    func comesBack() {
        var lease = EndpointLease(names(0..<1), in: registry)
        let before = slot(0)
        registry.workers[1].count(.requests, of: before, by: 7)
        registry.workers[1].set(.triedAgainFrom, of: before, to: 1)
        #expect(page().contains { $0.hasPrefix("wsproxy_upstream_ejected_workers{") })
        lease = EndpointLease(names(1..<2), in: registry)
        #expect(requests(":0\"") == 7)
        #expect(
            !page().contains {
                $0.hasPrefix("wsproxy_upstream_ejected_workers{") && $0.contains(":0\"")
            })
        lease = EndpointLease(names(0..<1), in: registry)
        registry.workers[0].count(.requests, of: slot(0), by: 1)
        #expect(slot(0) == before && requests(":0\"") == 8)
        withExtendedLifetime(lease) {}
    }

    @Test("A name that two tables have keeps its place until both are gone")
    func twoTables() {
        var first: EndpointLease? = EndpointLease(names(0..<3), in: registry)
        let second = EndpointLease(names(2..<4), in: registry)
        let shared = slot(2)
        first = nil
        // Everybody else would lose theirs.
        var others: EndpointLease? = EndpointLease(names(10..<10 + countMax), in: registry)
        #expect(slot(2) == shared && slot(3) != .other)
        others = nil
        withExtendedLifetime((first, second, others)) {}
    }

    @Test(
        "Thousands that come and go are all counted in their time, and the sum never gets smaller")
    func churn() {
        let steady = EndpointLease(names(0..<1), in: registry)
        let place = slot(0)
        var sum: UInt64 = 0
        for round in 1...60 {
            let lease = EndpointLease(names(round * 100..<round * 100 + 100), in: registry)
            for number in round * 100..<round * 100 + 100 {
                #expect(slot(number) != .other)
                #expect(registry.sum(at: 0) == 0)
                registry.workers[number % 2].count(.requests, of: slot(number))
            }
            registry.workers[0].count(.requests, of: place)
            sum += 101
            #expect(requestSum == sum)
            withExtendedLifetime(lease) {}
        }
        #expect(slot(0) == place && requests(":0\"") == 60)
        // Of those that are gone a few are shown, so that a scrape of long intervals finds their last figures.
        let shownCount = page().count { $0.hasPrefix("wsproxy_upstream_requests_total{") }
        #expect((100...400).contains(shownCount))
        withExtendedLifetime(steady) {}
    }

    @Test("A place that has changed hands begins with nothing")
    func cleared() {
        var lease = EndpointLease(names(0..<countMax), in: registry)
        for counter in EndpointCounter.allCases {
            registry.workers[1].count(counter, of: slot(5), by: 9)
        }
        for mark in EndpointMark.allCases { registry.workers[0].set(mark, of: slot(5), to: 9) }
        // As many others want places at once as there are.
        lease = EndpointLease([], in: registry)
        lease = EndpointLease(names(5_000..<5_000 + countMax), in: registry)
        for number in 5_000..<5_000 + countMax {
            #expect(slot(number) != .other)
            let figures = EndpointFigures(of: slot(number), in: registry, now: 10)
            #expect(figures.circuit == .closed && figures.latencyMicroseconds == nil)
        }
        #expect(requestSum == 9 && requests("endpoint=\"other\"") == 9)
        withExtendedLifetime(lease) {}
    }

    @Test(
        "More than there are places for share one, and places that become free are theirs next time"
    )
    func overflow() {
        var lease = EndpointLease(names(0..<3_000), in: registry)
        let homeless = (0..<3_000).count { slot($0) == .other }
        #expect(homeless == 3_000 - countMax)
        lease = EndpointLease([], in: registry)
        lease = EndpointLease(names(2_500..<3_000), in: registry)
        #expect((2_500..<3_000).allSatisfy { slot($0) != .other })
        withExtendedLifetime(lease) {}
    }
}

import RouteCompiler
import RouteTable
import Testing

@Suite("The measurement of matching")
struct BenchTests {
    private static func settings(_ distribution: BenchSettings.Distribution) -> BenchSettings {
        BenchSettings(distribution: distribution, isCold: false, matchCount: 320)
    }

    @Test("Each route that can be reached has a request, and misses miss")
    func traffic() throws {
        let table = try LoadedTable(checking: SampleTable.compiled.bytes, isTrusted: true)
        let traffic = BenchTraffic(for: table)
        #expect(traffic.hits.count + traffic.missingCount == table.routeCount)
        #expect(traffic.hits.count > 40)
        var bench = Bench(for: table, Self.settings(.uniform))
        let hits = bench.run(traffic.hits, in: table, allocationCount: { nil })
        #expect(hits.takenCount == 320 && hits.matchCount == 320)
        #expect(hits.requestCount == traffic.hits.count && hits.allocationCount == nil)
        #expect(hits.p50 >= 0 && hits.p99 >= hits.p50)
        let misses = bench.run(traffic.misses, in: table, allocationCount: { 7 })
        #expect(misses.takenCount == 0 && misses.requestCount == traffic.misses.count)
        #expect(misses.allocationCount == 0)
    }

    @Test(
        "Traffic is the same in every run",
        arguments: [BenchSettings.Distribution.uniform, .zipf, .inOrder])
    func order(distribution: BenchSettings.Distribution) throws {
        let table = try LoadedTable(checking: SampleTable.compiled.bytes, isTrusted: true)
        var requests = BenchRequests()
        for path in ["/", "/nowhere/at/all"] {
            requests.append(try DescribedRequest(url: "http://example.com\(path)"))
        }
        var bench = Bench(for: table, Self.settings(distribution))
        let first = bench.run(requests, in: table, allocationCount: { nil }).takenCount
        let second = bench.run(requests, in: table, allocationCount: { nil }).takenCount
        #expect(first == second)
    }

    @Test("A report has the members that scripts read")
    func report() throws {
        let table = try LoadedTable(checking: SampleTable.smallest.bytes, isTrusted: true)
        var figures = BenchFigures()
        figures.p50 = 41.26
        figures.p99 = 80
        figures.mean = 50
        figures.allocationCount = 0
        let report = BenchReport(
            of: table, loadMicroseconds: 57, settings: Self.settings(.zipf), isOfMisses: false,
            figures: figures, misses: nil, missingCount: 0)
        for member in [
            #""routes":1"#, #""load_ms":0.057"#, #""p50_ns":41.3"#, #""p99_ns":80.0"#,
            #""matches_per_second":20000000"#, #""allocations":0"#, #""distribution":"zipf""#,
            #""misses":null"#,
        ] as [String] {
            #expect(report.json.contains(member), "\(member) in \(report.json)")
        }
        #expect(report.text.contains("p50 41.3 ns, p99 80.0 ns, 20000000 matches a second"))
    }
}

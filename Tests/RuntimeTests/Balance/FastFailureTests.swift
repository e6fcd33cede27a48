import RouteTable
import Runtime
import Testing

@Suite("Endpoints that fail fast")
struct FastFailureTests {
    /// Goal: who fails at once must not get most of the requests for that. Method: ten requests at a time for a
    /// minute; of three endpoints one answers nothing but 500, twenty times as fast as the others.
    @Test(
        "Response time does not prefer an endpoint that fails fast",
        arguments: [1, 2, 3] as [UInt64])
    func fastFailures(seed: UInt64) {
        var harness = PickHarness(.responseTime, weights: [1, 1, 1], seed: seed)
        var counts = [0, 0, 0]
        for _ in 0..<3_000 {
            let choices = (0..<10).compactMap { _ in harness.begin() }
            harness.now += 20
            for choice in choices {
                counts[Int(choice)] += 1
                harness.end(choice)
                let isIll = choice == 2
                harness.answer(choice, status: isIll ? 500 : 200, after: isIll ? 1_000 : 20_000)
            }
        }
        #expect(counts[2] > 0 && counts[2] < 300)
        #expect(counts[0] > 12_000 && counts[1] > 12_000)
        // Once it is well it is asked as often as before, or more so.
        for _ in 0..<6_000 {
            let choices = (0..<10).compactMap { _ in harness.begin() }
            harness.now += 20
            for choice in choices {
                counts[Int(choice)] += 1
                harness.end(choice)
                harness.answer(choice, status: 200, after: 20_000)
            }
        }
        #expect(counts[2] > 10_000)
    }

    @Test("Failures that were under way together count once, and a good answer makes up for them")
    func failuresTogether() {
        var latency = RecentLatency()
        latency.observe(10_000, now: 1_000_000)
        for number: UInt64 in 1...20 { latency.fail(after: 5_000, now: 1_010_000 + number) }
        #expect(latency.value.rounded() == 20_000)
        latency.fail(after: 5_000, now: 1_020_000)
        #expect(latency.value.rounded() == 40_000)
        #expect(latency.latestMicroseconds == 10_000)
        latency.observe(10_000, now: 1_030_000)
        #expect(latency.value.rounded() == 10_000)
        for number: UInt64 in 1...60 { latency.fail(after: 1_000, now: 1_030_000 + number * 2_000) }
        #expect(latency.value.rounded() == 1_000_000)
    }

    @Test("A slow answer after failures does not make an endpoint count for less than they did")
    func slowAfterFailures() {
        var latency = RecentLatency()
        latency.observe(1_000, now: 1_000_000)
        for number: UInt64 in 1...60 { latency.fail(after: 1_000, now: 1_000_000 + number * 2_000) }
        let before = latency.value
        latency.observe(5_000_000, now: 7_000_000)
        #expect(latency.value >= before && before == 1_000_000)
        // Nor one that was under way with the last slow one.
        for number: UInt64 in 1...60 { latency.fail(after: 1_000, now: 7_000_000 + number * 2_000) }
        latency.observe(5_000_000, now: 7_200_000)
        #expect(latency.value >= before)
    }

    @Test("Failures that take no time count, and count for twice as long each time")
    func noTime() {
        var latency = RecentLatency()
        var values: [Double] = []
        for number: UInt64 in 1...3 {
            latency.fail(after: 0, now: 1_000_000 + number)
            values.append(latency.value)
        }
        #expect(values[0] > 0 && values[1] == 2 * values[0] && values[2] == 2 * values[1])
    }
}

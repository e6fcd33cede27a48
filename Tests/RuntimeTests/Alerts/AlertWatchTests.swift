import RouteTable
import Runtime
import Testing

@Suite("Alerts")
struct AlertWatchTests {
    private static let bounds: [UInt64] = [1_000, 10_000, 100_000]

    private func watch(
        _ metric: AlertDescription.Metric, above threshold: UInt64, hold: UInt64 = 10_000,
        window: UInt64 = 60_000, quantile: Int = 99
    ) -> AlertWatch {
        AlertWatch(
            AlertDescription(
                name: "alert", metric: metric, subject: .all, threshold: threshold,
                quantilePercent: quantile, windowMilliseconds: window, holdMilliseconds: hold,
                severity: .warning, webhook: nil, place: "a.yaml:1"), bounds: Self.bounds)
    }

    @Test("What is above for long enough fires once, and ends once")
    func gauge() {
        var watch = watch(.connections, above: 10)
        #expect(watch.take(.gauge(11), now: 0) == nil)
        #expect(watch.take(.gauge(12), now: 9_999) == nil)
        #expect(watch.firingSince == nil)
        #expect(watch.take(.gauge(13), now: 10_000) == .begins(value: 13))
        #expect(watch.firingSince == 10_000)
        #expect(watch.take(.gauge(14), now: 11_000) == nil)
        #expect(watch.take(.gauge(10), now: 12_000) == .ends(value: 10))
        #expect(watch.take(.gauge(9), now: 13_000) == nil)
    }

    @Test("What falls in between begins anew")
    func interruption() {
        var watch = watch(.connections, above: 10)
        #expect(watch.take(.gauge(11), now: 0) == nil)
        #expect(watch.take(.gauge(10), now: 5_000) == nil)
        #expect(watch.take(.gauge(11), now: 6_000) == nil)
        #expect(watch.take(.gauge(11), now: 15_999) == nil)
        #expect(watch.take(.gauge(11), now: 16_000) == .begins(value: 11))
    }

    @Test("A share is that of the window, and nothing at all is no share")
    func share() {
        var watch = watch(.errorRate, above: 50_000, hold: 1, window: 10_000)
        #expect(watch.take(.share(failed: 90, all: 100), now: 0) == nil)
        #expect(watch.value == nil)
        // Five in a hundred are not above five in a hundred.
        #expect(watch.take(.share(failed: 95, all: 200), now: 5_000) == nil)
        #expect(watch.value == 50_000)
        #expect(watch.take(.share(failed: 105, all: 300), now: 10_000) == nil)
        #expect(watch.value == 75_000)
        // The first hundred and their five are out of the window.
        #expect(watch.take(.share(failed: 105, all: 300), now: 15_000) == .begins(value: 100_000))
        #expect(watch.take(.share(failed: 105, all: 300), now: 25_000) == .ends(value: nil))
    }

    @Test(
        "A quantile lies in its bucket as Prometheus puts it",
        arguments: [
            (50, UInt64(1_000)), (75, 5_500), (90, 8_200), (99, 9_820),
        ])
    func quantile(percent: Int, expected: UInt64) {
        var watch = watch(.latency, above: 1, window: 10_000, quantile: percent)
        _ = watch.take(.durations([5, 5, 0, 0]), now: 0)
        _ = watch.take(.durations([55, 55, 0, 0]), now: 1_000)
        #expect(watch.value == expected)
    }

    @Test("What lies above all bounds has the last of them")
    func aboveAll() {
        var watch = watch(.latency, above: 1, window: 10_000)
        _ = watch.take(.durations([0, 0, 0, 0]), now: 0)
        _ = watch.take(.durations([0, 0, 0, 7]), now: 1_000)
        #expect(watch.value == 100_000)
    }
}

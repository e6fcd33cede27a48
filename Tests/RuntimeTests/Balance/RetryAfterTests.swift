import RouteTable
import Runtime
import Testing

@Suite("When it is worth coming back")
struct RetryAfterTests {
    @Test(
        "Whole seconds, one at least and no later than somebody may be there",
        arguments: [
            (nil, 1), (0, 1), (10_000, 1), (10_001, 1), (11_999, 1), (12_000, 2), (12_999, 2),
            (29_500, 19), (200_000, 60),
        ] as [(UInt64?, UInt32)])
    func seconds(moment: UInt64?, expected: UInt32) {
        #expect(RetryAfter.seconds(until: moment, now: 10_000) == expected)
    }

    private func ejected(milliseconds: UInt32) -> EndpointHealth {
        var breaker = ServicePolicy.Breaker()
        breaker.consecutiveFailures = 1
        breaker.ejectionMilliseconds = milliseconds
        var health = EndpointHealth()
        health.fail(now: 1_000, breaker)
        return health
    }

    @Test("An ejected endpoint is back when its time is up, or at once where it is tried at need")
    func ejection() {
        var health = ejected(milliseconds: 9_000)
        func again(_ now: UInt64, tries: Bool = false) -> UInt64 {
            health.returnsAt(now: now, triesEjected: tries, checkedGood: 0)
        }
        #expect(again(1_000) == 10_000 && again(9_999) == 10_000 && again(20_000) == 20_000)
        #expect(again(1_000, tries: true) == 1_000)
        // Whoever finds out may have by the next moment.
        _ = health.begin(now: 10_000)
        #expect(again(10_001) == 10_001)
        #expect(EndpointHealth().returnsAt(now: 5, triesEjected: false, checkedGood: 99) == 5)
    }

    @Test("One that its checks have found ill is back after as many good ones as it takes")
    func checks() {
        var health = ejected(milliseconds: 9_000)
        health.set(isDown: true, now: 1_000)
        #expect(health.returnsAt(now: 2_000, triesEjected: true, checkedGood: 31_000) == 31_000)
        #expect(health.returnsAt(now: 32_000, triesEjected: true, checkedGood: 31_000) == 32_000)
        var counter = HealthCounter(isDown: true)
        #expect(counter.missingCount(healthy: 3) == 3)
        _ = counter.note(isGood: true, healthy: 3, unhealthy: 1)
        #expect(counter.missingCount(healthy: 3) == 2)
        _ = counter.note(isGood: false, healthy: 3, unhealthy: 1)
        #expect(counter.missingCount(healthy: 3) == 3)
        #expect(counter.missingCount(healthy: 0) == 1)
    }
}

import Runtime
import Testing

@Suite("Thresholds of health checks")
struct HealthCounterTests {
    /// The standing after each check: `+` up, `-` down.
    private func standings(_ checks: String, healthy: UInt32, unhealthy: UInt32) -> String {
        var counter = HealthCounter(isDown: false)
        return String(
            checks.map { check in
                _ = counter.note(isGood: check == "+", healthy: healthy, unhealthy: unhealthy)
                return counter.isDown ? "-" : "+"
            })
    }

    @Test("Only checks in a row change the standing")
    func thresholds() {
        #expect(standings("-", healthy: 1, unhealthy: 1) == "-")
        #expect(standings("--+---+-", healthy: 1, unhealthy: 3) == "+++++-++")
        #expect(standings("--+-++", healthy: 2, unhealthy: 2) == "+----+")
    }
}

import Runtime
import Testing

@Suite("The latest of several times")
struct LatestTimeTests {
    @Test("An earlier time changes nothing")
    func raising() {
        let latest = LatestTime()
        #expect(latest.value == 0)
        latest.raise(to: 7)
        latest.raise(to: 3)
        #expect(latest.value == 7)
    }
}

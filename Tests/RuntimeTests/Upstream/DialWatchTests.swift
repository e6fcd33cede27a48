import Runtime
import Testing

/// Goal: while an endpoint can't be reached in time, one dial at a time finds out, and nobody else waits.
@Suite("Connections that come late")
struct DialWatchTests {
    /// Suspected since a dial that began at 1,000 and is given up at 11,000.
    private func suspected() -> DialWatch {
        var watch = DialWatch()
        let isNews = watch.suspect(since: 1_000, now: 1_500, deadline: 11_000)
        #expect(isNews)
        return watch
    }

    @Test("An endpoint is suspected until the dial that is late has been given up")
    func suspicion() {
        var watch = suspected()
        #expect(watch.isSuspected(now: 1_500) && watch.isSuspected(now: 10_999))
        #expect(!watch.isSuspected(now: 11_000))
        let isNews = watch.suspect(since: 1_400, now: 1_900, deadline: 11_400)
        #expect(!isNews && watch.isSuspected(now: 11_399) && !watch.isSuspected(now: 11_400))
        #expect(!DialWatch().isSuspected(now: 0))
    }

    @Test("Then one dial finds out, and the others stay away for as long as that takes")
    func nextDial() {
        var watch = suspected()
        watch.begin(now: 5_000, deadline: 15_000)
        #expect(!watch.isSuspected(now: 11_000))
        watch.begin(now: 12_000, deadline: 14_000)
        #expect(watch.isSuspected(now: 13_999) && !watch.isSuspected(now: 14_000))
        var well = DialWatch()
        well.begin(now: 5_000, deadline: 15_000)
        #expect(!well.isSuspected(now: 5_000))
    }

    @Test("However long a dial may take, ten seconds later the next one tries")
    func bound() {
        var watch = DialWatch()
        _ = watch.suspect(since: 0, now: 500, deadline: 3_600_000)
        #expect(watch.isSuspected(now: 10_499) && !watch.isSuspected(now: 10_500))
        watch.begin(now: 20_000, deadline: 3_600_000)
        #expect(watch.isSuspected(now: 29_999) && !watch.isSuspected(now: 30_000))
    }

    @Test(
        "A dial that connects or fails at once ends it, one that fails late does not"
    )
    func ends() {
        var watch = suspected()
        let failedLate = watch.failed(after: 3_000)
        #expect(!failedLate && watch.isSuspected(now: 2_000))
        let refused = watch.failed(after: 1)
        #expect(refused && !watch.isSuspected(now: 2_000))
        watch = suspected()
        let connected = watch.connected(after: 1_100)
        #expect(connected && !watch.isSuspected(now: 2_000))
        let again = watch.connected(after: 1)
        #expect(!again)
    }

    @Test("How long a dial may take follows from how long they take, within bounds")
    func patience() {
        var watch = DialWatch()
        #expect(watch.patienceMilliseconds == 500)
        _ = watch.connected(after: 1)
        #expect(watch.patienceMilliseconds == 250)
        // One packet that was lost makes nobody wait much longer; a slow way does.
        _ = watch.connected(after: 1_001)
        #expect(watch.patienceMilliseconds == 753)
        for _ in 0..<40 { _ = watch.connected(after: 300) }
        #expect((885...900).contains(watch.patienceMilliseconds))
        for _ in 0..<40 { _ = watch.connected(after: 60_000) }
        #expect(watch.patienceMilliseconds == 1_500)
    }

    @Test("Who would lose a session by going waits for a packet that was lost")
    func session() {
        let watch = suspected()
        #expect(!watch.isGivenUp(now: 2_499) && watch.isGivenUp(now: 2_500))
        #expect(!watch.isGivenUp(now: 11_000))
    }
}

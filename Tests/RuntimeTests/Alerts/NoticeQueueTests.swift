import Runtime
import Testing

@Suite("Notices of alerts")
struct NoticeQueueTests {
    private func notice(
        _ alert: String = "a", firing: Bool = true, _ content: String = ""
    ) -> AlertNotice {
        AlertNotice(
            alert: alert, isFiring: firing, service: "ops", path: "/", content: Array(content.utf8))
    }

    @Test("The end of an alert is told after its beginning, and not before that has arrived")
    func order() {
        var queue = NoticeQueue()
        var random = RandomBits(seed: 1)
        #expect(queue.due == nil)
        #expect(queue.add(notice(firing: true), now: 100) == nil)
        #expect(queue.add(notice(firing: false), now: 200) == nil)
        #expect(queue.due == 100)
        let first = queue.take(now: 200)
        #expect(first.map(\.notice.isFiring) == [true])
        #expect(queue.take(now: 10_000).isEmpty)
        let ending = queue.end(
            first[0].number, .answered(status: 204), now: 300, random: &random)
        #expect(ending?.verdict == .delivered && ending?.attempt == 1)
        #expect(queue.take(now: 300).map(\.notice.isFiring) == [false])
    }

    @Test("Attempts are repeated with growing pauses, and come to an end")
    func retries() throws {
        var queue = NoticeQueue()
        var random = RandomBits(seed: 2)
        _ = queue.add(notice(), now: 0)
        var now: UInt64 = 0
        for attempt in 1...NoticeQueue.attemptsMax {
            let taken = queue.take(now: now)
            try #require(taken.count == 1)
            let ending = try #require(
                queue.end(taken[0].number, .noAnswer(.upstreamRefused), now: now, random: &random))
            #expect(ending.attempt == attempt)
            guard attempt < NoticeQueue.attemptsMax else {
                #expect(ending.verdict == .givenUp)
                break
            }
            guard case .again(let pause) = ending.verdict else {
                Issue.record("attempt \(attempt) was the last one")
                return
            }
            let longest = min(1_000 << UInt64(attempt - 1), 30_000)
            #expect(pause >= longest / 2 && pause <= longest)
            #expect(queue.take(now: now + pause - 1).isEmpty)
            #expect(queue.due == now + pause)
            now += pause
        }
        #expect(queue.count == 0 && queue.due == nil)
    }

    @Test("Pauses are not the same for all proxies")
    func jitter() {
        var pauses: Set<UInt64> = []
        for seed in UInt64(0)..<20 {
            var queue = NoticeQueue()
            var random = RandomBits(seed: seed)
            _ = queue.add(notice(), now: 0)
            let number = queue.take(now: 0)[0].number
            let ending = queue.end(number, .timedOut, now: 0, random: &random)
            if case .again(let pause)? = ending?.verdict { pauses.insert(pause) }
        }
        #expect(pauses.count > 10)
    }

    @Test(
        "An answer that refuses ends the matter; one that may change is asked for again",
        arguments: [
            (200, true, false), (204, true, false), (301, false, false), (404, false, false),
            (408, false, true), (429, false, true), (500, false, true), (503, false, true),
        ] as [(UInt16, Bool, Bool)])
    func statuses(status: UInt16, isDelivered: Bool, mayChange: Bool) {
        var queue = NoticeQueue()
        var random = RandomBits(seed: 3)
        _ = queue.add(notice(), now: 0)
        let number = queue.take(now: 0)[0].number
        let ending = queue.end(number, .answered(status: status), now: 0, random: &random)
        switch ending?.verdict {
        case .delivered: #expect(isDelivered)
        case .givenUp: #expect(!isDelivered && !mayChange)
        case .again: #expect(mayChange)
        case nil: Issue.record("the attempt is not known")
        }
        #expect((queue.count == 1) == mayChange)
    }

    @Test("Where too many wait, the oldest that is not under way makes room")
    func bound() {
        var queue = NoticeQueue()
        for index in 0..<NoticeQueue.lengthMax {
            #expect(queue.add(notice("a", "\(index)"), now: 0) == nil)
        }
        #expect(queue.take(now: 0).map(\.notice.content) == [Array("0".utf8)])
        #expect(queue.add(notice("a", "x"), now: 0)?.content == Array("1".utf8))
        #expect(queue.add(notice("b", "y"), now: 0) == nil)
        #expect(queue.count == NoticeQueue.lengthMax + 1)

        var waiting = NoticeQueue()
        for index in 0..<NoticeQueue.lengthMax {
            #expect(waiting.add(notice("a", "\(index)"), now: 0) == nil)
        }
        #expect(waiting.add(notice("a", "x"), now: 0)?.content == Array("0".utf8))
    }

    @Test("An alert whose service does not answer holds up no other one")
    func lanes() {
        var queue = NoticeQueue()
        _ = queue.add(notice("dead"), now: 0)
        #expect(queue.take(now: 0).count == 1)
        _ = queue.add(notice("alive"), now: 1)
        #expect(queue.take(now: 1).map(\.notice.alert) == ["alive"])
    }

    @Test("An attempt that a worker took with it is made again, and its late answer means nothing")
    func overdue() {
        var queue = NoticeQueue()
        var random = RandomBits(seed: 4)
        _ = queue.add(notice(), now: 0)
        let number = queue.take(now: 0)[0].number
        #expect(queue.overdue(now: NoticeQueue.workerMilliseconds - 1).isEmpty)
        let late = NoticeQueue.workerMilliseconds
        #expect(queue.overdue(now: late) == [number])
        guard case .again? = queue.end(number, .timedOut, now: late, random: &random)?.verdict
        else {
            Issue.record("it is not made again")
            return
        }
        #expect(queue.end(number, .answered(status: 200), now: late, random: &random) == nil)
        #expect(queue.count == 1)
    }
}

import Runtime
import Testing

@Suite("Waiting for a place")
struct PlaceWaitTests {
    @Test("It looks again each millisecond, and asks again where another client took the place")
    func steps() {
        var wait = PlaceWait()
        let begins = wait.begin(now: 1_000)
        #expect(begins)
        #expect(wait.due == 1_001)
        let pending = wait.next(.pending, now: 1_001)
        #expect(pending == .wait)
        #expect(wait.due == 1_002)
        let taken = wait.next(.granted, now: 1_002)
        #expect(taken == .ask)
        #expect(wait.due == 1_003)
        wait.end()
        #expect(wait.due == nil)
        let beginsAgain = wait.begin(now: 1_003)
        #expect(beginsAgain)
    }

    @Test("Where nobody goes it is refused at once, and the others are left alone for a while")
    func nobody() {
        var wait = PlaceWait()
        _ = wait.begin(now: 1_000)
        let step = wait.next(.nobody, now: 1_001)
        #expect(step == .refuse)
        wait.end()
        let begins = [1_002, 1_010, 1_011].map { wait.begin(now: $0) }
        #expect(begins == [false, false, true])
    }

    @Test("A worker that does not look is not waited for without end", arguments: [999, 1_000])
    func late(after milliseconds: UInt64) {
        for answer in [PlaceRequests.Answer.pending, .granted] {
            var wait = PlaceWait()
            _ = wait.begin(now: 1_000)
            let step = wait.next(answer, now: 1_000 + milliseconds)
            #expect((step == .refuse) == (milliseconds == 1_000))
        }
    }
}

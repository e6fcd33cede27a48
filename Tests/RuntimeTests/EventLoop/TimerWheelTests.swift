import Runtime
import TestSupport
import Testing

@Suite("Timer wheel")
struct TimerWheelTests {
    @Test(
        "A timer fires within 8 ms after its deadline and never before",
        arguments: [
            1, 7, 8, 9, 500, 511, 512, 513, 4_095, 4_096, 32_768, 100_000, 2_097_152, 20_000_000,
        ])
    func fires(afterMilliseconds delay: UInt64) {
        let start: UInt64 = 123_457
        var wheel = TimerWheel(capacity: 4, now: start)
        wheel.set(2, deadline: start + delay)
        var expired: [UInt32] = []
        wheel.advance(to: start + delay - 1, expired: &expired)
        #expect(expired.isEmpty)
        wheel.advance(to: start + delay + 8, expired: &expired)
        #expect(expired == [2])
        #expect(wheel.count == 0)
    }

    @Test("A deadline that has passed fires at the next step in time")
    func past() {
        var wheel = TimerWheel(capacity: 2, now: 10_000)
        wheel.set(0, deadline: 3)
        var expired: [UInt32] = []
        wheel.advance(to: 10_008, expired: &expired)
        #expect(expired == [0])
    }

    @Test("A cancelled timer does not fire and its neighbours in the bucket do")
    func cancelled() {
        var wheel = TimerWheel(capacity: 8, now: 0)
        for slot in 0..<5 { wheel.set(UInt32(slot), deadline: 1_000) }
        wheel.cancel(2)
        wheel.cancel(4)
        wheel.cancel(0)
        var expired: [UInt32] = []
        wheel.advance(to: 1_100, expired: &expired)
        #expect(expired.sorted() == [1, 3])
    }

    @Test("An earlier timer stays when a later one is asked for, and a later one moves up")
    func fireBy() {
        var wheel = TimerWheel(capacity: 2, now: 0)
        wheel.fireBy(0, deadline: 1_000)
        wheel.fireBy(0, deadline: 5_000)
        let first = wheel.deadline(of: 0)
        #expect(first == 1_000)
        wheel.fireBy(0, deadline: 200)
        let second = wheel.deadline(of: 0)
        #expect(second == 200)
    }

    @Test("Sleep never passes the next deadline and is nil when nothing is set")
    func sleep() {
        var wheel = TimerWheel(capacity: 2, now: 0)
        let none = wheel.sleepMilliseconds(from: 0)
        #expect(none == nil)
        wheel.set(0, deadline: 90)
        let sleep = wheel.sleepMilliseconds(from: 0) ?? .max
        #expect(sleep <= 96)
        #expect(sleep > 0)
    }

    /// Goal: the wheel agrees with a list of deadlines, whatever is set, moved, cancelled and when.
    /// Method: a seeded random walk; after each step the expired slots are compared.
    @Test("It agrees with a plain list through a random walk", arguments: [1, 2, 3, 4])
    func randomWalk(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var now: UInt64 = 1_000
        var wheel = TimerWheel(capacity: 64, now: now)
        var deadlines: [UInt32: UInt64] = [:]
        for _ in 0..<20_000 {
            let slot = UInt32(random.next() % 64)
            switch random.next() % 4 {
            case 0:
                wheel.cancel(slot)
                deadlines[slot] = nil
            case 1, 2:
                let reach: UInt64 = [20, 600, 40_000, 3_000_000][Int(random.next() % 4)]
                let deadline = now + random.next() % reach
                wheel.set(slot, deadline: deadline)
                deadlines[slot] = max((deadline + 7) / 8, now / 8 + 1)
            default:
                now += random.next() % 2_000
                var expired: [UInt32] = []
                wheel.advance(to: now, expired: &expired)
                let due = deadlines.filter { $0.value <= now / 8 }.keys.sorted()
                guard expired.sorted() == due else {
                    Issue.record("at \(now): \(expired.sorted()) fired, \(due) were due")
                    return
                }
                for slot in due { deadlines[slot] = nil }
            }
        }
        #expect(wheel.count == deadlines.count)
    }
}

import Runtime
import Testing

@Suite("Spreading the ends of streams")
struct EndScheduleTests {
    @Test("Every stream ends in its own part of the time", arguments: [1, 7, 1_000, 100_000])
    func parts(count: Int) {
        var random = RandomBits(seed: 1)
        var schedule = EndSchedule(count: count, from: 5_000, until: 35_000)
        let window = 24_000.0
        for index in 0..<count {
            let due = Double(schedule.next(&random) - 5_000)
            #expect(due >= (window * Double(index) / Double(count)).rounded(.down))
            #expect(due <= window * Double(index + 1) / Double(count))
        }
    }

    @Test("A short drain keeps a quarter of its time in reserve, a long one six seconds")
    func reserve() {
        var random = RandomBits(seed: 2)
        for (time, window) in [(400, 300), (24_000, 18_000), (30_000, 24_000), (60_000, 54_000)] {
            var schedule = EndSchedule(count: 3, from: 100, until: 100 + UInt64(time))
            var last: UInt64 = 0
            for _ in 0..<3 { last = schedule.next(&random) }
            #expect(last >= 100 + UInt64(window) * 2 / 3)
            #expect(last <= 100 + UInt64(window))
        }
    }

    @Test("Two schedules that begin together do not end their streams at the same moments")
    func jitter() {
        var first = RandomBits(seed: 3)
        var second = RandomBits(seed: 4)
        var schedules = (
            EndSchedule(count: 50, from: 0, until: 30_000),
            EndSchedule(count: 50, from: 0, until: 30_000)
        )
        let equalCount = (0..<50).count { _ in
            schedules.0.next(&first) == schedules.1.next(&second)
        }
        #expect(equalCount < 5)
    }

    @Test("Latecomers end somewhere in the time")
    func latecomers() {
        var random = RandomBits(seed: 5)
        var schedule = EndSchedule(count: 0, from: 1_000, until: 2_000)
        for _ in 0..<100 { #expect(1_000..<1_750 ~= schedule.next(&random)) }
    }

    @Test("A time that is up ends everything now")
    func noTime() {
        var random = RandomBits(seed: 6)
        var schedule = EndSchedule(count: 2, from: 1_000, until: 1_000)
        #expect(schedule.next(&random) == 1_000)
        #expect(schedule.next(&random) == 1_000)
    }

    @Test("No more streams end in a second than may")
    func rate() {
        var random = RandomBits(seed: 7)
        var schedule = EndSchedule(count: 1_000, from: 0, perSecondMax: 100)
        var perSecond = [UInt64: Int]()
        for _ in 0..<1_000 { perSecond[schedule.next(&random) / 1_000, default: 0] += 1 }
        #expect(perSecond.count == 10)
        #expect(perSecond.values.allSatisfy { $0 <= 101 })
    }
}

import Runtime
import Testing

@Suite("Messages within a minute")
struct MessageWindowTests {
    /// Sends messages at the times given and says which of them were one too many.
    private static func refused(limit: UInt32, at times: [UInt64], start: UInt64 = 0) -> [UInt64] {
        var window = MessageWindow(now: start)
        var count: UInt64 = 0
        var refused: [UInt64] = []
        for time in times {
            if count < window.countMax(limit: limit, count: count, now: time) {
                count += 1
            } else {
                refused.append(time)
            }
        }
        return refused
    }

    @Test(
        "The limit passes within the first minute, and not one more", arguments: [1, 2, 60, 1_000])
    func exact(limit: UInt32) {
        let times = [UInt64](repeating: 0, count: Int(limit)) + [1, 59_999]
        #expect(Self.refused(limit: limit, at: times) == [1, 59_999])
    }

    @Test("An even pace at the limit passes for ever", arguments: [1, 3, 7, 60, 100])
    func evenPace(limit: UInt64) {
        let times = (0..<limit * 10).map { $0 * 60_000 / limit }
        #expect(Self.refused(limit: UInt32(limit), at: times).isEmpty)
    }

    @Test("A pace above the limit does not")
    func tooFast() {
        let times = (0..<1_200 as Range<UInt64>).map { $0 * 500 }
        let refused = Self.refused(limit: 60, at: times)
        // Ten minutes, 60 of 120 in each; the first ones pass until the limit.
        #expect(refused.count >= 590 && refused.count <= 600)
    }

    @Test("After a burst of the limit, more passes only at its pace", arguments: [2, 10, 60])
    func burst(limit: UInt32) {
        for first in stride(from: 0, to: 60_000, by: 1_500) as StrideTo<UInt64> {
            for pause in stride(from: 0, to: 60_000, by: 1_500) as StrideTo<UInt64> {
                let times =
                    [UInt64](repeating: first, count: Int(limit))
                    + [UInt64](repeating: first + pause, count: Int(limit))
                let more = limit - UInt32(Self.refused(limit: limit, at: times).count)
                #expect(UInt64(more) <= UInt64(limit) * pause / 60_000 + 1)
            }
        }
    }

    @Test("After a minute of silence all is as at the beginning")
    func silence() {
        let times: [UInt64] = [0, 0, 120_000, 120_000, 120_001]
        #expect(Self.refused(limit: 2, at: times) == [120_001])
    }

    @Test("Times and counts hold where their last bits begin anew")
    func wrapping() {
        let start: UInt64 = (1 << 32) - 30_000
        let times = (0..<1_000 as Range<UInt64>).map { start + $0 * 1_000 }
        #expect(Self.refused(limit: 60, at: times, start: start).isEmpty)
        var window = MessageWindow(now: 0)
        let count: UInt64 = (1 << 32) - 1
        #expect(window.countMax(limit: 5, count: count, now: 120_000) == count + 5)
        #expect(window.countMax(limit: 5, count: count + 2, now: 120_001) == count + 5)
    }
}

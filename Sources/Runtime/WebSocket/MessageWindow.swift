/// Counts messages in sixty seconds that slide along, with two counters.
///
/// Of the minute before the one that is counted, as many messages are taken to lie within the last sixty
/// seconds as would if they had come evenly. So exactly the limit passes in the first minute and for who keeps
/// an even pace. Who has sent the limit at once may send more only at the pace that the limit means, and one
/// message: twice as many can be in sixty seconds, never at once around the turn of a minute.
package struct MessageWindow: BitwiseCopyable, Equatable, Sendable {
    package static let milliseconds: UInt64 = 60_000

    /// When the minute began.
    private var start: BriefTime
    /// The last bits of how many messages there had been then.
    private var startCount: UInt32 = 0
    /// How many there were in the minute before.
    private var earlierCount: UInt32 = 0

    /// No message has come yet.
    package init(now: MonotonicMilliseconds) { start = BriefTime(now) }

    /// How many messages there may have been in all before one is too many.
    ///
    /// - Parameters:
    ///   - limit: Messages in sixty seconds; not 0.
    ///   - count: Messages so far.
    package mutating func countMax(
        limit: UInt32, count: UInt64, now: MonotonicMilliseconds
    ) -> UInt64 {
        var elapsed = now &- start.near(now)
        if elapsed >= Self.milliseconds {
            let isNext = elapsed < 2 * Self.milliseconds
            earlierCount = isNext ? UInt32(truncatingIfNeeded: count) &- startCount : 0
            elapsed = isNext ? elapsed - Self.milliseconds : 0
            start = BriefTime(now - elapsed)
            startCount = UInt32(truncatingIfNeeded: count)
        }
        // The first one of an even pace is just not within the sixty seconds any more.
        // Times are cut to whole milliseconds, so a pace may seem faster by one.
        let left = Self.milliseconds - min(Self.milliseconds, elapsed + 1)
        let earlier = UInt64(earlierCount) * left
        let stillIn = (earlier + Self.milliseconds - 1) / Self.milliseconds
        let allowed = UInt64(limit) - min(UInt64(limit), stillIn - min(stillIn, 1))
        let inThisMinute = UInt32(truncatingIfNeeded: count) &- startCount
        return count - UInt64(inThisMinute) + allowed
    }
}

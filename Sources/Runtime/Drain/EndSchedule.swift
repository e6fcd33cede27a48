/// When each of many streams is ended, so that their clients do not come back all at once.
///
/// The time is cut into as many equal parts as there are streams, and each stream ends at a random
/// moment of its own part: as even as a clock, without the lockstep of several processes that begin
/// together.
package struct EndSchedule: BitwiseCopyable, Sendable {
    /// The schedule never ends a stream later than so long before the deadline: time for the Close
    /// that answers ours, for an event that has begun, and for what a slow client has not taken yet.
    package static let reserveMilliseconds: UInt64 = 6_000

    private let start: MonotonicMilliseconds
    private let window: UInt64
    private let count: UInt64
    private var index: UInt64 = 0

    /// Spreads the ends over the time until `deadline`, less a reserve: a quarter of a short time.
    ///
    /// - Parameter count: Number of streams there are now.
    package init(
        count: Int, from start: MonotonicMilliseconds, until deadline: MonotonicMilliseconds
    ) {
        let time = deadline > start ? deadline - start : 0
        self.init(
            count: count, from: start,
            windowMilliseconds: time - min(Self.reserveMilliseconds, time / 4))
    }

    /// Ends no more than `perSecondMax` streams a second, in as much time as that takes.
    package init(count: Int, from start: MonotonicMilliseconds, perSecondMax: UInt64) {
        precondition(perSecondMax > 0, "a schedule that never ends anything")
        self.init(
            count: count, from: start,
            windowMilliseconds: UInt64(count) * 1_000 / perSecondMax)
    }

    private init(count: Int, from start: MonotonicMilliseconds, windowMilliseconds: UInt64) {
        self.start = start
        self.count = UInt64(count)
        window = windowMilliseconds
    }

    /// When the next stream ends. Those beyond the count end at some moment of the time.
    package mutating func next(_ random: inout RandomBits) -> MonotonicMilliseconds {
        guard window > 0 else { return start }
        guard index < count else { return start + random.next(below: window) }
        // In 1/2^16 of a part: windows are far below 2^48 parts.
        let place = index << 16 | random.next(below: 1 << 16)
        index += 1
        let (high, low) = window.multipliedFullWidth(by: place)
        return start + (count << 16).dividingFullWidth((high, low)).quotient
    }
}

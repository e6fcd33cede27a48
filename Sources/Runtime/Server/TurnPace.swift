/// Whether the deadlines that are over may be acted on in a turn of the loop.
///
/// After the process stood still (a frozen container, no processor time) many deadlines are over at once, while what
/// they wait for has long arrived and was not read. So all that is ready is handled first.
package struct TurnPace {
    /// Waking up later than this is standing still. Above what a busy machine does to any process.
    package static let lateMillisecondsMin: UInt64 = 100
    /// Turns after which deadlines count although there is always more to handle.
    package static let turnCountMax = 16

    /// How many turns deadlines are still left alone for at most.
    private var heldTurnCount = 0

    package init() {}

    /// - Parameters:
    ///   - before: When the wait began, in monotonic milliseconds.
    ///   - sleep: How long it was to take at most; nil if there was nothing to wake up for.
    ///   - isFull: It brought as many events as it may, so there may be more.
    package mutating func mayExpire(
        before: UInt64, sleep: UInt64?, now: UInt64, isFull: Bool
    ) -> Bool {
        // A late wait may have ended before the standstill, or have been interrupted by it.
        let isLate = sleep.map { now > before + $0 + Self.lateMillisecondsMin } ?? false
        if heldTurnCount == 0 {
            if isLate { heldTurnCount = Self.turnCountMax }
            return !isLate
        }
        heldTurnCount = isLate || isFull ? heldTurnCount - 1 : 0
        return heldTurnCount == 0
    }
}

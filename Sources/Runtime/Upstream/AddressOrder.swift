/// With which of its addresses an endpoint is dialled first: the one that connected last, so that an address which
/// nobody answers at costs its wait once and not each time.
///
/// Belongs to one worker and to one list of addresses. Holds no clock.
package struct AddressOrder: BitwiseCopyable, Sendable {
    /// The order of the name servers counts again after this time: what was wrong may be over.
    package static let keptMilliseconds: UInt64 = 600_000

    private var place: UInt16 = 0
    private var keptUntil: MonotonicMilliseconds = 0

    package init() {}

    /// The place of the address that is dialled first.
    package func first(now: MonotonicMilliseconds) -> UInt16 { now < keptUntil ? place : 0 }

    /// The address at this place was the first that connected.
    package mutating func connected(to place: Int, now: MonotonicMilliseconds) {
        guard place != Int(first(now: now)) else { return }
        self.place = UInt16(clamping: place)
        keptUntil = place == 0 ? 0 : now + Self.keptMilliseconds
    }

    /// The place of the address that is dialled after `step` others, if the one at `first` is moved to the front.
    package static func place(after step: Int, startingWith first: UInt16) -> Int {
        if step == 0 { return Int(first) }
        return step <= Int(first) ? step - 1 : step
    }
}

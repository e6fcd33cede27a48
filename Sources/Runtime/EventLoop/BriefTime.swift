/// A point on the loop's clock in half the room, for what there are thousands of.
///
/// Says nothing by itself: it is compared with a time that is no more than 24 days away from it. Farther
/// ones are taken for nearer ones, so who sets a deadline cuts it at ``milliseconds(_:)``.
package struct BriefTime: BitwiseCopyable, Equatable, Sendable {
    /// The clock's last bits.
    private let bits: UInt32

    package init(_ time: MonotonicMilliseconds) { bits = UInt32(truncatingIfNeeded: time) }

    /// The time, as it lies nearest to `now`.
    package func near(_ now: MonotonicMilliseconds) -> MonotonicMilliseconds {
        let distance = Int32(bitPattern: bits &- UInt32(truncatingIfNeeded: now))
        return now &+ UInt64(bitPattern: Int64(distance))
    }

    /// A length of time that can be added to one: 24 days at most.
    package static func milliseconds(_ length: some BinaryInteger) -> UInt32 {
        UInt32(min(UInt64(clamping: length), UInt64(Int32.max)))
    }
}

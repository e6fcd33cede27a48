/// One place of the hash of paths, in four bytes: those of a hundred thousand routes stay in the nearer
/// caches, and a wrong route is told from a right one before it is looked at.
///
/// Bits 0 to 23 are where the route stands in its section or, with bit 31, where its candidates do; bits 24
/// to 30 are those of the key. All bits are set where there is nothing.
public struct PathSlot: Equatable, Sendable {
    public let rawValue: UInt32

    @inlinable
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// - Parameter place: Below ``placeMax``.
    public init(place: UInt32, isRun: Bool, key: UInt64) {
        precondition(place < Self.placeMax, "a slot has no room for the place")
        rawValue =
            place | UInt32(truncatingIfNeeded: key) & Self.keyBits | (isRun ? Self.runBit : 0)
    }

    /// No place is as far behind.
    public static var placeMax: UInt32 { 0xFF_FFFF }

    @inlinable static var keyBits: UInt32 { 0x7F00_0000 }
    @inlinable static var runBit: UInt32 { 0x8000_0000 }

    /// A place that no key has.
    @inlinable public static var none: PathSlot { PathSlot(rawValue: .max) }

    /// Whether the slot may be that of `key`; for another one it says so once in 128 times.
    @inlinable @inline(__always)
    public func mayHold(_ key: UInt64) -> Bool {
        (rawValue ^ UInt32(truncatingIfNeeded: key)) & Self.keyBits == 0
    }

    /// Where the one route stands, in units of ``RouteRecord/unit``; or the number of candidates, which
    /// follow it.
    @inlinable public var place: UInt32 { rawValue & 0xFF_FFFF }

    /// Several routes have the key.
    @inlinable public var isRun: Bool { rawValue & Self.runBit != 0 }
}

/// What stands in a route for a segment behind the lead: its kind and the length of its text.
public struct RouteSegment: Sendable {
    public let rawValue: UInt16

    @inlinable
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// - Parameter byteCount: At most ``RouteRecord/segmentBytesMax``.
    public init(_ kind: SegmentKind, byteCount: Int) {
        rawValue = UInt16(kind.rawValue) << 14 | UInt16(byteCount)
    }

    /// Every value has a meaning.
    @inlinable public var kind: SegmentKind {
        SegmentKind(rawValue: UInt8(truncatingIfNeeded: rawValue &>> 14)) ?? .anything
    }

    /// Length of its text; of a glob with the stars.
    @inlinable public var byteCount: Int { Int(rawValue & 0x3FFF) }
}

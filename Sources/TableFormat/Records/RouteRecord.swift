/// One route with its pattern, so that matching it touches one place. Routes stand in the order of their
/// hosts and, within a host, of their precedence: the route with the least index wins.
///
/// Records differ in size and are whole numbers of ``unit`` bytes; a further section says where each begins.
/// Behind 16 bytes of fields come, for a regex or with conditions, eight more; then the lead: the text of
/// all segments up to the first that is not literal, with a slash before each, which is compared at once.
/// Then two bytes for each further segment, and their texts.
public struct RouteRecord {
    /// Records begin at multiples of this, in bytes.
    @inlinable public static var unit: Int { 8 }
    /// The fields of every route.
    @inlinable public static var fieldBytes: Int { 16 }
    /// Longest text of a segment behind the lead, in bytes.
    public static var segmentBytesMax: Int { 0x3FFF }
    /// In ``shape``: the route is found by its whole path.
    @inlinable public static var wholePath: UInt8 { 254 }
    /// In ``shape``: the route is found by a trie or as a regex.
    @inlinable public static var noShape: UInt8 { 255 }

    /// Where it stands.
    public let bytes: RecordBytes

    /// - Parameter bytes: The start of a verified record.
    @inlinable @inline(__always)
    public init(reading bytes: RecordBytes) { self.bytes = bytes }

    /// Its own number.
    @inlinable public var index: UInt32 { bytes.uint32(at: 0) }
    /// Index of the action.
    @inlinable public var action: UInt32 { bytes.uint32(at: 4) }
    /// A ``RouteKind``.
    @inlinable public var kind: UInt8 { bytes.uint8(at: 8) }
    /// A ``TailKind``.
    @inlinable public var tail: UInt8 { bytes.uint8(at: 9) }
    /// Number of conditions.
    @inlinable public var conditionCount: UInt8 { bytes.uint8(at: 10) }
    /// The shape of the host that it is filed under, by its number there; or ``wholePath`` or ``noShape``.
    @inlinable public var shape: UInt8 { bytes.uint8(at: 11) }
    /// Number of segments; 0 for a regex. At most 64.
    @inlinable public var segmentCount: UInt8 { bytes.uint8(at: 12) }
    /// Those of the lead.
    @inlinable public var leadSegmentCount: UInt8 { bytes.uint8(at: 13) }
    /// Length of the lead in bytes.
    @inlinable public var leadByteCount: UInt16 { bytes.uint16(at: 14) }

    @inlinable public var hasLinks: Bool {
        conditionCount > 0 || kind == RouteKind.regex.rawValue
    }
    /// Index of the first condition, where there are some.
    @inlinable public var firstCondition: UInt32 { hasLinks ? bytes.uint32(at: 16) : 0 }
    /// The regex of a regex.
    @inlinable public var regex: UInt32 {
        kind == RouteKind.regex.rawValue ? bytes.uint32(at: 20) : .none
    }

    /// Where the lead begins; a multiple of eight, so that it can be read in words.
    @inlinable public var leadOffset: Int { hasLinks ? 24 : 16 }

    /// Length and kind of a segment behind the lead, counted from there.
    @inlinable @inline(__always)
    public func segment(_ number: Int) -> RouteSegment {
        RouteSegment(
            rawValue: bytes.uint16(at: leadOffset &+ Int(leadByteCount) &+ 2 &* number))
    }

    /// Where the texts of the segments behind the lead begin.
    @inlinable public var textOffset: Int {
        leadOffset &+ Int(leadByteCount) &+ 2 &* Int(segmentCount &- leadSegmentCount)
    }
}

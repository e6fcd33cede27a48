/// One route. Routes stand in the order of their hosts and, within a host, of their precedence: the
/// route with the least index wins.
public struct RouteRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 16 }

    /// By kind: text offset of the path, first segment, or the regex.
    public var content: UInt32
    /// Index of the first condition.
    public var firstCondition: UInt32
    /// Index of the action.
    public var action: UInt32
    /// A ``RouteKind``.
    public var kind: UInt8
    /// Number of conditions.
    public var conditionCount: UInt8
    /// By kind: length of the path in bytes, or tail and segment count in one byte each.
    public var extent: UInt16

    /// All fields zero, links none.
    @inlinable public init() {
        self.content = 0
        self.firstCondition = 0
        self.action = 0
        self.kind = 0
        self.conditionCount = 0
        self.extent = 0
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.content = bytes.uint32(at: 0)
        self.firstCondition = bytes.uint32(at: 4)
        self.action = bytes.uint32(at: 8)
        self.kind = bytes.uint8(at: 12)
        self.conditionCount = bytes.uint8(at: 13)
        self.extent = bytes.uint16(at: 14)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(content, at: 0)
        bytes.put(firstCondition, at: 4)
        bytes.put(action, at: 8)
        bytes.put(kind, at: 12)
        bytes.put(conditionCount, at: 13)
        bytes.put(extent, at: 14)
    }

    /// A ``TailKind``, of a segment pattern.
    @inlinable public var tail: UInt8 { UInt8(truncatingIfNeeded: extent) }

    /// Number of segments of a segment pattern. At most 64.
    @inlinable public var segmentCount: UInt8 { UInt8(truncatingIfNeeded: extent &>> 8) }

    /// Sets what a segment pattern has in ``extent``.
    @inlinable public mutating func setSegments(count: UInt8, tail: TailKind) {
        extent = UInt16(count) &<< 8 | UInt16(tail.rawValue)
    }
}

/// One route. Routes stand in the order of their hosts and, within a host, of their precedence: the
/// route with the least index wins.
package struct RouteRecord: TableRecord, Equatable {
    @inlinable package static var byteCount: Int { 16 }

    /// By kind: text offset of the path, first segment, or the regex.
    package var content: UInt32
    /// Index of the first condition.
    package var firstCondition: UInt32
    /// Index of the action.
    package var action: UInt32
    /// A ``RouteKind``.
    package var kind: UInt8
    /// Number of conditions.
    package var conditionCount: UInt8
    /// By kind: length of the path in bytes, or tail and segment count in one byte each.
    package var extent: UInt16

    /// All fields zero, links none.
    @inlinable package init() {
        self.content = 0
        self.firstCondition = 0
        self.action = 0
        self.kind = 0
        self.conditionCount = 0
        self.extent = 0
    }

    /// Decodes the record.
    @inlinable package init(reading bytes: RecordBytes) {
        self.content = bytes.uint32(at: 0)
        self.firstCondition = bytes.uint32(at: 4)
        self.action = bytes.uint32(at: 8)
        self.kind = bytes.uint8(at: 12)
        self.conditionCount = bytes.uint8(at: 13)
        self.extent = bytes.uint16(at: 14)
    }

    /// Encodes the record.
    @inlinable package func write(to bytes: inout RecordBuffer) {
        bytes.put(content, at: 0)
        bytes.put(firstCondition, at: 4)
        bytes.put(action, at: 8)
        bytes.put(kind, at: 12)
        bytes.put(conditionCount, at: 13)
        bytes.put(extent, at: 14)
    }

    /// A ``TailKind``, of a segment pattern.
    @inlinable package var tail: UInt8 { UInt8(truncatingIfNeeded: extent) }

    /// Number of segments of a segment pattern. At most 64.
    @inlinable package var segmentCount: UInt8 { UInt8(truncatingIfNeeded: extent &>> 8) }

    /// Sets what a segment pattern has in ``extent``.
    @inlinable package mutating func setSegments(count: UInt8, tail: TailKind) {
        extent = UInt16(count) &<< 8 | UInt16(tail.rawValue)
    }
}

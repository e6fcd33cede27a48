/// One route. Routes stand in the order of their hosts and, within a host, of their precedence: the
/// route with the least index wins.
package struct RouteRecord: TableRecord, Equatable {
    @inlinable package static var byteCount: Int { 16 }

    /// First segment of a segment pattern, or the regex.
    package var content: UInt32
    /// Index of the first condition.
    package var firstCondition: UInt32
    /// Index of the action.
    package var action: UInt32
    /// A ``RouteKind``.
    package var kind: UInt8
    /// A ``TailKind``; counts for segment patterns.
    package var tail: UInt8
    /// Segments of a segment pattern. At most 64.
    package var segmentCount: UInt8
    /// Number of conditions.
    package var conditionCount: UInt8

    /// All fields zero, links none.
    @inlinable package init() {
        self.content = 0
        self.firstCondition = 0
        self.action = 0
        self.kind = 0
        self.tail = 0
        self.segmentCount = 0
        self.conditionCount = 0
    }

    @inlinable package init(reading bytes: RecordBytes) {
        self.content = bytes.uint32(at: 0)
        self.firstCondition = bytes.uint32(at: 4)
        self.action = bytes.uint32(at: 8)
        self.kind = bytes.uint8(at: 12)
        self.tail = bytes.uint8(at: 13)
        self.segmentCount = bytes.uint8(at: 14)
        self.conditionCount = bytes.uint8(at: 15)
    }

    @inlinable package func write(to bytes: inout RecordBuffer) {
        bytes.put(content, at: 0)
        bytes.put(firstCondition, at: 4)
        bytes.put(action, at: 8)
        bytes.put(kind, at: 12)
        bytes.put(tail, at: 13)
        bytes.put(segmentCount, at: 14)
        bytes.put(conditionCount, at: 15)
    }
}

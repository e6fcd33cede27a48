/// A path that a policy is for.
public struct PathPatternRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 12 }

    /// As it was written.
    public var text: TextReference
    /// Where it stands among the `patternRoutes`, in units of ``RouteRecord/unit``.
    public var unit: UInt32

    /// All fields zero, links none.
    @inlinable public init() {
        self.text = .none
        self.unit = 0
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.text = bytes.text(at: 0)
        self.unit = bytes.uint32(at: 8)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(text, at: 0)
        bytes.put(unit, at: 8)
    }
}

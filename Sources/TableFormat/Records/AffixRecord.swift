/// Regexes of one space that need a prefix or a suffix of one length.
public struct AffixRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 8 }

    /// The best of them.
    public var bestCandidate: UInt32
    /// Length of the affix in bytes. At least 1.
    public var byteCount: UInt16
    /// An ``AffixKind``.
    public var kind: UInt8

    /// All fields zero, links none.
    @inlinable public init() {
        self.bestCandidate = 0
        self.byteCount = 0
        self.kind = 0
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.bestCandidate = bytes.uint32(at: 0)
        self.byteCount = bytes.uint16(at: 4)
        self.kind = bytes.uint8(at: 6)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(bestCandidate, at: 0)
        bytes.put(byteCount, at: 4)
        bytes.put(kind, at: 6)
    }
}

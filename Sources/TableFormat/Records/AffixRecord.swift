/// Regexes of one space that need a prefix or a suffix of one length.
package struct AffixRecord: TableRecord, Equatable {
    @inlinable package static var byteCount: Int { 8 }

    /// The best of them.
    package var bestCandidate: UInt32
    /// Length of the affix in bytes. At least 1.
    package var byteCount: UInt16
    /// An ``AffixKind``.
    package var kind: UInt8

    /// All fields zero, links none.
    @inlinable package init() {
        self.bestCandidate = 0
        self.byteCount = 0
        self.kind = 0
    }

    /// Decodes the record.
    @inlinable package init(reading bytes: RecordBytes) {
        self.bestCandidate = bytes.uint32(at: 0)
        self.byteCount = bytes.uint16(at: 4)
        self.kind = bytes.uint8(at: 6)
    }

    /// Encodes the record.
    @inlinable package func write(to bytes: inout RecordBuffer) {
        bytes.put(bestCandidate, at: 0)
        bytes.put(byteCount, at: 4)
        bytes.put(kind, at: 6)
    }
}

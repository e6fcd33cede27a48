/// One distinct regex.
package struct RegexRecord: TableRecord, Equatable {
    @inlinable package static var byteCount: Int { 24 }

    /// The source.
    package var text: TextReference
    /// ``ignoresCase`` and ``captures``.
    package var options: UInt32
    /// Most steps of one match.
    package var matchLimit: UInt32
    /// A subject with fewer bytes cannot match.
    package var byteCountMin: UInt32

    /// All fields zero, links none.
    @inlinable package init() {
        self.text = .none
        self.options = 0
        self.matchLimit = 0
        self.byteCountMin = 0
    }

    /// Decodes the record.
    @inlinable package init(reading bytes: RecordBytes) {
        self.text = bytes.text(at: 0)
        self.options = bytes.uint32(at: 8)
        self.matchLimit = bytes.uint32(at: 12)
        self.byteCountMin = bytes.uint32(at: 16)
    }

    /// Encodes the record.
    @inlinable package func write(to bytes: inout RecordBuffer) {
        bytes.put(text, at: 0)
        bytes.put(options, at: 8)
        bytes.put(matchLimit, at: 12)
        bytes.put(byteCountMin, at: 16)
    }

    /// Letters match in both cases.
    @inlinable package static var ignoresCase: UInt32 { 1 }
    /// Plain parentheses capture.
    @inlinable package static var captures: UInt32 { 2 }
}

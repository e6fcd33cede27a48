/// One distinct regex.
public struct RegexRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 24 }

    /// The source.
    public var text: TextReference
    /// ``ignoresCase`` and ``captures``.
    public var options: UInt32
    /// Most steps of one match.
    public var matchLimit: UInt32
    /// A subject with fewer bytes cannot match.
    public var byteCountMin: UInt32
    /// Where its steps begin, or none: then PCRE2 runs it.
    public var firstStep: UInt32

    /// All fields zero, links none.
    @inlinable public init() {
        self.text = .none
        self.options = 0
        self.matchLimit = 0
        self.byteCountMin = 0
        self.firstStep = .none
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.text = bytes.text(at: 0)
        self.options = bytes.uint32(at: 8)
        self.matchLimit = bytes.uint32(at: 12)
        self.byteCountMin = bytes.uint32(at: 16)
        self.firstStep = bytes.uint32(at: 20)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(text, at: 0)
        bytes.put(options, at: 8)
        bytes.put(matchLimit, at: 12)
        bytes.put(byteCountMin, at: 16)
        bytes.put(firstStep, at: 20)
    }

    /// Letters match in both cases.
    @inlinable public static var ignoresCase: UInt32 { 1 }
    /// Plain parentheses capture.
    @inlinable public static var captures: UInt32 { 2 }
}

/// What one `logging` middleware was told.
public struct LoggingPolicyRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 24 }

    /// Where the lines go: `stdout`, `stderr` or a path; none: `stdout`.
    public var output: TextReference
    /// The form of a line with fields in braces; none: see ``format``.
    public var template: TextReference
    /// How many of a million requests have a line.
    public var samplePerMillion: UInt32
    /// What a request has to be to have a line: 0 any, 1 not in order, 2 failed.
    public var level: UInt8
    /// 0: as the command line says, 1: text, 2: JSON, 3: ``template``.
    public var format: UInt8

    /// All fields zero, links none.
    @inlinable public init() {
        self.output = .none
        self.template = .none
        self.samplePerMillion = 0
        self.level = 0
        self.format = 0
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.output = bytes.text(at: 0)
        self.template = bytes.text(at: 8)
        self.samplePerMillion = bytes.uint32(at: 16)
        self.level = bytes.uint8(at: 20)
        self.format = bytes.uint8(at: 21)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(output, at: 0)
        bytes.put(template, at: 8)
        bytes.put(samplePerMillion, at: 16)
        bytes.put(level, at: 20)
        bytes.put(format, at: 21)
    }
}

/// What one `headers` does on the routes of a chain.
public struct HeaderPolicyRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 16 }

    /// Index of the first change to requests.
    public var firstRequestChange: UInt32
    /// Number of changes to requests.
    public var requestChangeCount: UInt32
    /// Index of the first change to answers.
    public var firstAnswerChange: UInt32
    /// Number of changes to answers.
    public var answerChangeCount: UInt32

    /// All fields zero, links none.
    @inlinable public init() {
        self.firstRequestChange = 0
        self.requestChangeCount = 0
        self.firstAnswerChange = 0
        self.answerChangeCount = 0
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.firstRequestChange = bytes.uint32(at: 0)
        self.requestChangeCount = bytes.uint32(at: 4)
        self.firstAnswerChange = bytes.uint32(at: 8)
        self.answerChangeCount = bytes.uint32(at: 12)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(firstRequestChange, at: 0)
        bytes.put(requestChangeCount, at: 4)
        bytes.put(firstAnswerChange, at: 8)
        bytes.put(answerChangeCount, at: 12)
    }
}

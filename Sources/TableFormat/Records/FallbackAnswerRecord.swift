/// An answer for clients of a service that has failed.
public struct FallbackAnswerRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 32 }

    /// Whole field lines beside those that every answer has.
    public var fields: TextReference
    /// Media type of the body. Empty where there is none.
    public var contentType: TextReference
    /// The content.
    public var body: TextReference
    /// Value of Retry-After; 0: what the proxy knows of the backends, if the status is 503.
    public var retryAfterSeconds: UInt32
    /// 200 to 599.
    public var status: UInt16

    /// All fields zero, links none.
    @inlinable public init() {
        self.fields = .none
        self.contentType = .none
        self.body = .none
        self.retryAfterSeconds = 0
        self.status = 0
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.fields = bytes.text(at: 0)
        self.contentType = bytes.text(at: 8)
        self.body = bytes.text(at: 16)
        self.retryAfterSeconds = bytes.uint32(at: 24)
        self.status = bytes.uint16(at: 28)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(fields, at: 0)
        bytes.put(contentType, at: 8)
        bytes.put(body, at: 16)
        bytes.put(retryAfterSeconds, at: 24)
        bytes.put(status, at: 28)
    }

    /// Most bytes of a body, and of the texts around it together: an answer is written in one piece.
    @inlinable public static var bodyByteCountMax: UInt32 { 1 << 16 }
    @inlinable public static var fieldsByteCountMax: UInt32 { 1 << 14 }
}

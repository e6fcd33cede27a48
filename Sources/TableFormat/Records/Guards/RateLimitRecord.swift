/// What one `rate_limit` was told.
public struct RateLimitRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 24 }

    /// Name of the header that tells clients apart, lower-case, or none.
    public var keyName: TextReference
    /// Index of the claim that tells them apart, or none.
    public var claim: UInt32
    /// Requests that each may send in a minute, at least 1.
    public var requestsPerMinute: UInt32
    /// Requests that each may send at once, at least 1.
    public var burst: UInt32
    /// A ``RequestKeyKind``.
    public var keyKind: UInt8

    /// All fields zero, links none.
    @inlinable public init() {
        self.keyName = .none
        self.claim = .none
        self.requestsPerMinute = 0
        self.burst = 0
        self.keyKind = 0
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.keyName = bytes.text(at: 0)
        self.claim = bytes.uint32(at: 8)
        self.requestsPerMinute = bytes.uint32(at: 12)
        self.burst = bytes.uint32(at: 16)
        self.keyKind = bytes.uint8(at: 20)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(keyName, at: 0)
        bytes.put(claim, at: 8)
        bytes.put(requestsPerMinute, at: 12)
        bytes.put(burst, at: 16)
        bytes.put(keyKind, at: 20)
    }
}

/// What one `ip_filter` was told: ranges without overlap that cover all addresses.
public struct IPFilterRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 16 }

    /// Index of the first verdict.
    public var firstVerdict: UInt32
    /// Number of verdicts, at least 1.
    public var verdictCount: UInt32
    /// Number of ranges that were listed under `allow`.
    public var allowCount: UInt32
    /// Number of ranges that were listed under `deny`.
    public var denyCount: UInt32

    /// All fields zero, links none.
    @inlinable public init() {
        self.firstVerdict = 0
        self.verdictCount = 0
        self.allowCount = 0
        self.denyCount = 0
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.firstVerdict = bytes.uint32(at: 0)
        self.verdictCount = bytes.uint32(at: 4)
        self.allowCount = bytes.uint32(at: 8)
        self.denyCount = bytes.uint32(at: 12)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(firstVerdict, at: 0)
        bytes.put(verdictCount, at: 4)
        bytes.put(allowCount, at: 8)
        bytes.put(denyCount, at: 12)
    }
}

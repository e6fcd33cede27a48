/// What few routes have. Equal ones are there once.
public struct RouteDetailsRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 20 }

    /// Name of the route, or none.
    public var name: TextReference
    /// As it was written.
    public var priority: Int32
    /// Index of the first capture.
    public var firstCapture: UInt32
    /// Number of captures.
    public var captureCount: UInt32

    /// All fields zero, links none.
    @inlinable public init() {
        self.name = .none
        self.priority = 0
        self.firstCapture = 0
        self.captureCount = 0
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.name = bytes.text(at: 0)
        self.priority = bytes.int32(at: 8)
        self.firstCapture = bytes.uint32(at: 12)
        self.captureCount = bytes.uint32(at: 16)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(name, at: 0)
        bytes.put(priority, at: 8)
        bytes.put(firstCapture, at: 12)
        bytes.put(captureCount, at: 16)
    }
}

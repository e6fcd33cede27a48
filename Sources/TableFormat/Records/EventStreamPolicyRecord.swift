/// What one `sse` middleware was told.
public struct EventStreamPolicyRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 24 }

    /// Time of silence before a comment is sent; 0: none is.
    public var heartbeatIntervalMilliseconds: UInt32
    /// What clients are told to wait before they connect again; 0: nothing.
    public var retryMilliseconds: UInt32
    /// Streams at once; 0: no limit.
    public var connectionsMax: UInt32
    /// Streams at once of one client; 0: no limit.
    public var connectionsPerClientMax: UInt32
    /// Longest life of a stream; 0: no limit.
    public var durationMillisecondsMax: UInt32
    /// Index of the middleware that says so.
    public var middleware: UInt32

    /// All fields zero, links none.
    @inlinable public init() {
        self.heartbeatIntervalMilliseconds = 0
        self.retryMilliseconds = 0
        self.connectionsMax = 0
        self.connectionsPerClientMax = 0
        self.durationMillisecondsMax = 0
        self.middleware = 0
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.heartbeatIntervalMilliseconds = bytes.uint32(at: 0)
        self.retryMilliseconds = bytes.uint32(at: 4)
        self.connectionsMax = bytes.uint32(at: 8)
        self.connectionsPerClientMax = bytes.uint32(at: 12)
        self.durationMillisecondsMax = bytes.uint32(at: 16)
        self.middleware = bytes.uint32(at: 20)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(heartbeatIntervalMilliseconds, at: 0)
        bytes.put(retryMilliseconds, at: 4)
        bytes.put(connectionsMax, at: 8)
        bytes.put(connectionsPerClientMax, at: 12)
        bytes.put(durationMillisecondsMax, at: 16)
        bytes.put(middleware, at: 20)
    }
}

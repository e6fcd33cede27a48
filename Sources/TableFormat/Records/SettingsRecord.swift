/// The settings of `advanced` that the proxy runs by. One record.
public struct SettingsRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 64 }

    /// 0: no limit.
    public var bodyBytesMax: UInt64
    /// 0: one for each core.
    public var workers: UInt32
    /// Time for a request head.
    public var headerTimeoutMilliseconds: UInt32
    /// Time between two requests.
    public var idleTimeoutMilliseconds: UInt32
    /// Silence of a client that owes bytes.
    public var readTimeoutMilliseconds: UInt32
    /// No progress towards a client.
    public var writeTimeoutMilliseconds: UInt32
    /// Most bytes of a request head.
    public var headerBytesMax: UInt32
    /// Most bytes of a request target.
    public var urlBytesMax: UInt32
    /// Most bytes held for a peer in each direction.
    public var bufferBytesMax: UInt32
    /// Most idle upstream connections.
    public var idleConnectionsMax: UInt32
    /// How long they are kept.
    public var poolIdleTimeoutMilliseconds: UInt32
    /// Clients connected at once; 0: no limit.
    public var connectionsMax: UInt32
    /// Most connections to one endpoint at once; 0: no limit.
    public var activeConnectionsMax: UInt32
    /// Connections of one client at once; 0: no limit.
    public var connectionsPerClientMax: UInt32

    /// All fields zero, links none.
    @inlinable public init() {
        self.bodyBytesMax = 0
        self.workers = 0
        self.headerTimeoutMilliseconds = 0
        self.idleTimeoutMilliseconds = 0
        self.readTimeoutMilliseconds = 0
        self.writeTimeoutMilliseconds = 0
        self.headerBytesMax = 0
        self.urlBytesMax = 0
        self.bufferBytesMax = 0
        self.idleConnectionsMax = 0
        self.poolIdleTimeoutMilliseconds = 0
        self.connectionsMax = 0
        self.activeConnectionsMax = 0
        self.connectionsPerClientMax = 0
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.bodyBytesMax = bytes.uint64(at: 0)
        self.workers = bytes.uint32(at: 8)
        self.headerTimeoutMilliseconds = bytes.uint32(at: 12)
        self.idleTimeoutMilliseconds = bytes.uint32(at: 16)
        self.readTimeoutMilliseconds = bytes.uint32(at: 20)
        self.writeTimeoutMilliseconds = bytes.uint32(at: 24)
        self.headerBytesMax = bytes.uint32(at: 28)
        self.urlBytesMax = bytes.uint32(at: 32)
        self.bufferBytesMax = bytes.uint32(at: 36)
        self.idleConnectionsMax = bytes.uint32(at: 40)
        self.poolIdleTimeoutMilliseconds = bytes.uint32(at: 44)
        self.connectionsMax = bytes.uint32(at: 48)
        self.activeConnectionsMax = bytes.uint32(at: 52)
        self.connectionsPerClientMax = bytes.uint32(at: 56)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(bodyBytesMax, at: 0)
        bytes.put(workers, at: 8)
        bytes.put(headerTimeoutMilliseconds, at: 12)
        bytes.put(idleTimeoutMilliseconds, at: 16)
        bytes.put(readTimeoutMilliseconds, at: 20)
        bytes.put(writeTimeoutMilliseconds, at: 24)
        bytes.put(headerBytesMax, at: 28)
        bytes.put(urlBytesMax, at: 32)
        bytes.put(bufferBytesMax, at: 36)
        bytes.put(idleConnectionsMax, at: 40)
        bytes.put(poolIdleTimeoutMilliseconds, at: 44)
        bytes.put(connectionsMax, at: 48)
        bytes.put(activeConnectionsMax, at: 52)
        bytes.put(connectionsPerClientMax, at: 56)
    }
}

/// The settings of `advanced` that the proxy runs by. One record.
package struct SettingsRecord: TableRecord, Equatable {
    @inlinable package static var byteCount: Int { 56 }

    /// 0: no limit.
    package var bodyBytesMax: UInt64
    /// 0: one for each core.
    package var workers: UInt32
    /// Time for a request head.
    package var headerTimeoutMilliseconds: UInt32
    /// Time between two requests.
    package var idleTimeoutMilliseconds: UInt32
    /// Silence of a client that owes bytes.
    package var readTimeoutMilliseconds: UInt32
    /// No progress towards a client.
    package var writeTimeoutMilliseconds: UInt32
    /// Most bytes of a request head.
    package var headerBytesMax: UInt32
    /// Most bytes of a request target.
    package var urlBytesMax: UInt32
    /// Most bytes held for a peer in each direction.
    package var bufferBytesMax: UInt32
    /// Most idle upstream connections.
    package var idleConnectionsMax: UInt32
    /// How long they are kept.
    package var poolIdleTimeoutMilliseconds: UInt32
    /// Clients connected at once; 0: no limit.
    package var connectionsMax: UInt32
    /// Most connections to one endpoint at once; 0: no limit.
    package var activeConnectionsMax: UInt32

    /// All fields zero, links none.
    @inlinable package init() {
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
    }

    @inlinable package init(reading bytes: RecordBytes) {
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
    }

    @inlinable package func write(to bytes: inout RecordBuffer) {
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
    }
}

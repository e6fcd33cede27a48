/// What a `websocket` middleware was told. Times are milliseconds, sizes bytes on the wire.
public struct WebSocketPolicyRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 80 }

    /// Payload of one message; 0: no limit.
    public var messageBytesMax: UInt64
    /// Payload of one frame; 0: no limit.
    public var frameBytesMax: UInt64
    /// Time between two pings; 0: none.
    public var pingIntervalMilliseconds: UInt32
    /// Time for a pong; 0: the default.
    public var pongTimeoutMilliseconds: UInt32
    /// Silence of both sides; 0: what the service says.
    public var readTimeoutMilliseconds: UInt32
    /// No progress towards a side; 0: what service and settings say.
    public var writeTimeoutMilliseconds: UInt32
    /// Upgraded connections at once; 0: no limit.
    public var connectionsMax: UInt32
    /// The same of one client; 0: no limit.
    public var connectionsPerClientMax: UInt32
    /// Messages of a client in a minute; 0: no limit.
    public var messagesPerMinuteMax: UInt32
    /// Index of the first origin that is allowed.
    public var firstOrigin: UInt32
    /// Their number.
    public var originCount: UInt32
    /// Index of the first subprotocol that may be offered.
    public var firstSubprotocol: UInt32
    /// Their number; 0: all may.
    public var subprotocolCount: UInt32
    /// Index of the first path that the policy is for.
    public var firstPathPattern: UInt32
    /// Their number; 0: all paths.
    public var pathPatternCount: UInt32
    /// Index of the middleware that was told so.
    public var middleware: UInt32
    /// ``checksOrigin`` and others.
    public var flags: UInt8

    /// All fields zero.
    @inlinable public init() {
        self.messageBytesMax = 0
        self.frameBytesMax = 0
        self.pingIntervalMilliseconds = 0
        self.pongTimeoutMilliseconds = 0
        self.readTimeoutMilliseconds = 0
        self.writeTimeoutMilliseconds = 0
        self.connectionsMax = 0
        self.connectionsPerClientMax = 0
        self.messagesPerMinuteMax = 0
        self.firstOrigin = 0
        self.originCount = 0
        self.firstSubprotocol = 0
        self.subprotocolCount = 0
        self.firstPathPattern = 0
        self.pathPatternCount = 0
        self.middleware = 0
        self.flags = 0
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.messageBytesMax = bytes.uint64(at: 0)
        self.frameBytesMax = bytes.uint64(at: 8)
        self.pingIntervalMilliseconds = bytes.uint32(at: 16)
        self.pongTimeoutMilliseconds = bytes.uint32(at: 20)
        self.readTimeoutMilliseconds = bytes.uint32(at: 24)
        self.writeTimeoutMilliseconds = bytes.uint32(at: 28)
        self.connectionsMax = bytes.uint32(at: 32)
        self.connectionsPerClientMax = bytes.uint32(at: 36)
        self.messagesPerMinuteMax = bytes.uint32(at: 40)
        self.firstOrigin = bytes.uint32(at: 44)
        self.originCount = bytes.uint32(at: 48)
        self.firstSubprotocol = bytes.uint32(at: 52)
        self.subprotocolCount = bytes.uint32(at: 56)
        self.firstPathPattern = bytes.uint32(at: 60)
        self.pathPatternCount = bytes.uint32(at: 64)
        self.middleware = bytes.uint32(at: 68)
        self.flags = bytes.uint8(at: 72)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(messageBytesMax, at: 0)
        bytes.put(frameBytesMax, at: 8)
        bytes.put(pingIntervalMilliseconds, at: 16)
        bytes.put(pongTimeoutMilliseconds, at: 20)
        bytes.put(readTimeoutMilliseconds, at: 24)
        bytes.put(writeTimeoutMilliseconds, at: 28)
        bytes.put(connectionsMax, at: 32)
        bytes.put(connectionsPerClientMax, at: 36)
        bytes.put(messagesPerMinuteMax, at: 40)
        bytes.put(firstOrigin, at: 44)
        bytes.put(originCount, at: 48)
        bytes.put(firstSubprotocol, at: 52)
        bytes.put(subprotocolCount, at: 56)
        bytes.put(firstPathPattern, at: 60)
        bytes.put(pathPatternCount, at: 64)
        bytes.put(middleware, at: 68)
        bytes.put(flags, at: 72)
    }

    /// The origin of a handshake must be one of those that are allowed.
    @inlinable public static var checksOrigin: UInt8 { 1 }
    /// Messages are counted for the tracker.
    @inlinable public static var tracksConnections: UInt8 { 2 }
    /// Frames are looked at: something was set that is about them.
    @inlinable public static var isFramed: UInt8 { 4 }
}

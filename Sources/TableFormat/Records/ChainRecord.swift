/// One distinct order of middlewares: global, host, route.
public struct ChainRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 20 }

    /// Index of the first member.
    public var firstMember: UInt32
    /// Number of members.
    public var memberCount: UInt32
    /// What its innermost `websocket` was told, or none.
    public var webSocketPolicy: UInt32
    /// What its innermost `sse` was told, or none.
    public var eventStreamPolicy: UInt32
    /// What its innermost `logging` was told, or none.
    public var loggingPolicy: UInt32

    /// All fields zero, links none.
    @inlinable public init() {
        self.firstMember = 0
        self.memberCount = 0
        self.webSocketPolicy = .none
        self.eventStreamPolicy = .none
        self.loggingPolicy = .none
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.firstMember = bytes.uint32(at: 0)
        self.memberCount = bytes.uint32(at: 4)
        self.webSocketPolicy = bytes.uint32(at: 8)
        self.eventStreamPolicy = bytes.uint32(at: 12)
        self.loggingPolicy = bytes.uint32(at: 16)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(firstMember, at: 0)
        bytes.put(memberCount, at: 4)
        bytes.put(webSocketPolicy, at: 8)
        bytes.put(eventStreamPolicy, at: 12)
        bytes.put(loggingPolicy, at: 16)
    }
}

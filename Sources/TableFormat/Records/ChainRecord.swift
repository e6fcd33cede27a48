/// One distinct order of middlewares: global, host, route.
public struct ChainRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 28 }

    /// Index of the first member.
    public var firstMember: UInt32
    /// Number of members.
    public var memberCount: UInt32
    /// What its innermost `websocket` was told, or none.
    public var webSocketPolicy: UInt32
    /// What its innermost `sse` was told, or none.
    public var eventStreamPolicy: UInt32
    /// Index of the first step that requests take before they are sent on or answered.
    public var firstStep: UInt32
    /// Number of steps.
    public var stepCount: UInt32
    /// What its innermost `logging` was told, or none.
    public var loggingPolicy: UInt32

    /// All fields zero, links none.
    @inlinable public init() {
        self.firstMember = 0
        self.memberCount = 0
        self.webSocketPolicy = .none
        self.eventStreamPolicy = .none
        self.firstStep = 0
        self.stepCount = 0
        self.loggingPolicy = .none
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.firstMember = bytes.uint32(at: 0)
        self.memberCount = bytes.uint32(at: 4)
        self.webSocketPolicy = bytes.uint32(at: 8)
        self.eventStreamPolicy = bytes.uint32(at: 12)
        self.firstStep = bytes.uint32(at: 16)
        self.stepCount = bytes.uint32(at: 20)
        self.loggingPolicy = bytes.uint32(at: 24)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(firstMember, at: 0)
        bytes.put(memberCount, at: 4)
        bytes.put(webSocketPolicy, at: 8)
        bytes.put(eventStreamPolicy, at: 12)
        bytes.put(firstStep, at: 16)
        bytes.put(stepCount, at: 20)
        bytes.put(loggingPolicy, at: 24)
    }
}

/// One step of the program that a chain is. Those of a chain follow each other.
public struct GuardStepRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 12 }

    /// Index in the section that belongs to the kind.
    public var policy: UInt32
    /// The middleware that it comes from.
    public var middleware: UInt32
    /// A ``MiddlewareKind`` that is a guard.
    public var kind: UInt8

    /// All fields zero, links none.
    @inlinable public init() {
        self.policy = .none
        self.middleware = 0
        self.kind = 0
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.policy = bytes.uint32(at: 0)
        self.middleware = bytes.uint32(at: 4)
        self.kind = bytes.uint8(at: 8)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(policy, at: 0)
        bytes.put(middleware, at: 4)
        bytes.put(kind, at: 8)
    }
}

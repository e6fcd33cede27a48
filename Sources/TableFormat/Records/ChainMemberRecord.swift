/// One middleware of a chain.
public struct ChainMemberRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 4 }

    /// Index of the middleware.
    public var middleware: UInt32

    /// All fields zero, links none.
    @inlinable public init() {
        self.middleware = 0
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.middleware = bytes.uint32(at: 0)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(middleware, at: 0)
    }
}

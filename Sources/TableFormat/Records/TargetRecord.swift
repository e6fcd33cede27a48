/// One of several weighted targets.
public struct TargetRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 8 }

    /// The service.
    public var service: UInt32
    /// Its weight and those of the targets before it. Ascending.
    public var cumulativeWeight: UInt32

    /// All fields zero, links none.
    @inlinable public init() {
        self.service = 0
        self.cumulativeWeight = 0
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.service = bytes.uint32(at: 0)
        self.cumulativeWeight = bytes.uint32(at: 4)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(service, at: 0)
        bytes.put(cumulativeWeight, at: 4)
    }
}

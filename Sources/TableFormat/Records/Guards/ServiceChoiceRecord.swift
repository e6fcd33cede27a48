/// A value and the service that it picks. Those of a policy ascend by value, byte by byte.
public struct ServiceChoiceRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 12 }

    /// The value.
    public var value: TextReference
    /// The service.
    public var service: UInt32

    /// All fields zero, links none.
    @inlinable public init() {
        self.value = .none
        self.service = 0
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.value = bytes.text(at: 0)
        self.service = bytes.uint32(at: 8)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(value, at: 0)
        bytes.put(service, at: 8)
    }
}

/// One backend of a service.
public struct EndpointRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 32 }

    /// Name, or address without brackets.
    public var host: TextReference
    /// Prefixed to the forwarded path; may be empty.
    public var basePath: TextReference
    /// For logs.
    public var text: TextReference
    /// 1 to 65,535.
    public var weight: UInt32
    /// TCP port.
    public var port: UInt16
    /// 0 or 1.
    public var usesTLS: UInt8

    /// All fields zero, links none.
    @inlinable public init() {
        self.host = .none
        self.basePath = .none
        self.text = .none
        self.weight = 0
        self.port = 0
        self.usesTLS = 0
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.host = bytes.text(at: 0)
        self.basePath = bytes.text(at: 8)
        self.text = bytes.text(at: 16)
        self.weight = bytes.uint32(at: 24)
        self.port = bytes.uint16(at: 28)
        self.usesTLS = bytes.uint8(at: 30)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(host, at: 0)
        bytes.put(basePath, at: 8)
        bytes.put(text, at: 16)
        bytes.put(weight, at: 24)
        bytes.put(port, at: 28)
        bytes.put(usesTLS, at: 30)
    }
}

/// One listener.
public struct ListenerRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 48 }

    /// First eight bytes of the address, most significant first.
    public var addressHigh: UInt64
    /// Last eight bytes; an IPv4 address stands in the last four.
    public var addressLow: UInt64
    /// PEM file of authorities for client certificates, or none.
    public var clientAuthority: TextReference
    /// Index of the first certificate.
    public var firstCertificate: UInt32
    /// 0: no TLS.
    public var certificateCount: UInt32
    /// TCP port.
    public var port: UInt16
    /// 0 for all addresses, 4 or 16.
    public var addressByteCount: UInt8
    /// ``acceptsProxyProtocol`` and ``requiresTLS13``.
    public var flags: UInt8
    /// 0 none, 1 optional, 2 required.
    public var clientVerification: UInt8

    /// All fields zero, links none.
    @inlinable public init() {
        self.addressHigh = 0
        self.addressLow = 0
        self.clientAuthority = .none
        self.firstCertificate = 0
        self.certificateCount = 0
        self.port = 0
        self.addressByteCount = 0
        self.flags = 0
        self.clientVerification = 0
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.addressHigh = bytes.uint64(at: 0)
        self.addressLow = bytes.uint64(at: 8)
        self.clientAuthority = bytes.text(at: 16)
        self.firstCertificate = bytes.uint32(at: 24)
        self.certificateCount = bytes.uint32(at: 28)
        self.port = bytes.uint16(at: 32)
        self.addressByteCount = bytes.uint8(at: 34)
        self.flags = bytes.uint8(at: 35)
        self.clientVerification = bytes.uint8(at: 36)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(addressHigh, at: 0)
        bytes.put(addressLow, at: 8)
        bytes.put(clientAuthority, at: 16)
        bytes.put(firstCertificate, at: 24)
        bytes.put(certificateCount, at: 28)
        bytes.put(port, at: 32)
        bytes.put(addressByteCount, at: 34)
        bytes.put(flags, at: 35)
        bytes.put(clientVerification, at: 36)
    }

    /// Connections begin with a PROXY protocol header.
    @inlinable public static var acceptsProxyProtocol: UInt8 { 1 }
    /// TLS 1.3 or newer.
    @inlinable public static var requiresTLS13: UInt8 { 2 }
}

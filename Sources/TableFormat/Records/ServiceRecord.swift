/// One service.
public struct ServiceRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 88 }

    /// Its name.
    public var name: TextReference
    /// Host sent upstream, or none.
    public var proxyHost: TextReference
    /// PEM file of authorities, or none.
    public var authority: TextReference
    /// PEM file of the own certificate, or none.
    public var certificate: TextReference
    /// PEM file of its key, or none.
    public var key: TextReference
    /// Name to verify, or none.
    public var serverName: TextReference
    /// Silence of the upstream.
    public var readTimeoutMilliseconds: UInt32
    /// No progress towards the upstream.
    public var writeTimeoutMilliseconds: UInt32
    /// Time to connect.
    public var dialTimeoutMilliseconds: UInt32
    /// Index of the first endpoint.
    public var firstEndpoint: UInt32
    /// Number of endpoints. At least 1.
    public var endpointCount: UInt32
    /// Source file.
    public var file: UInt32
    /// Line in it, from 1.
    public var line: UInt32
    /// 0 round robin, 1 weighted round robin, 2 least connections, 3 hash of the client address,
    /// 4 random, 5 weighted random, 6 response time, 7 consistent hash.
    public var strategy: UInt8
    /// ``skipsVerification`` and ``requiresTLS13``.
    public var flags: UInt8

    /// All fields zero, links none.
    @inlinable public init() {
        self.name = .none
        self.proxyHost = .none
        self.authority = .none
        self.certificate = .none
        self.key = .none
        self.serverName = .none
        self.readTimeoutMilliseconds = 0
        self.writeTimeoutMilliseconds = 0
        self.dialTimeoutMilliseconds = 0
        self.firstEndpoint = 0
        self.endpointCount = 0
        self.file = 0
        self.line = 0
        self.strategy = 0
        self.flags = 0
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.name = bytes.text(at: 0)
        self.proxyHost = bytes.text(at: 8)
        self.authority = bytes.text(at: 16)
        self.certificate = bytes.text(at: 24)
        self.key = bytes.text(at: 32)
        self.serverName = bytes.text(at: 40)
        self.readTimeoutMilliseconds = bytes.uint32(at: 48)
        self.writeTimeoutMilliseconds = bytes.uint32(at: 52)
        self.dialTimeoutMilliseconds = bytes.uint32(at: 56)
        self.firstEndpoint = bytes.uint32(at: 60)
        self.endpointCount = bytes.uint32(at: 64)
        self.file = bytes.uint32(at: 68)
        self.line = bytes.uint32(at: 72)
        self.strategy = bytes.uint8(at: 76)
        self.flags = bytes.uint8(at: 77)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(name, at: 0)
        bytes.put(proxyHost, at: 8)
        bytes.put(authority, at: 16)
        bytes.put(certificate, at: 24)
        bytes.put(key, at: 32)
        bytes.put(serverName, at: 40)
        bytes.put(readTimeoutMilliseconds, at: 48)
        bytes.put(writeTimeoutMilliseconds, at: 52)
        bytes.put(dialTimeoutMilliseconds, at: 56)
        bytes.put(firstEndpoint, at: 60)
        bytes.put(endpointCount, at: 64)
        bytes.put(file, at: 68)
        bytes.put(line, at: 72)
        bytes.put(strategy, at: 76)
        bytes.put(flags, at: 77)
    }

    /// The certificate of the upstream is not verified.
    @inlinable public static var skipsVerification: UInt8 { 1 }
    /// TLS 1.3 or newer.
    @inlinable public static var requiresTLS13: UInt8 { 2 }

    /// The last way of choosing an endpoint; the first is 0.
    @inlinable public static var strategyMax: UInt8 { 7 }
}

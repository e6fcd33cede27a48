/// One threshold that somebody wants to hear about.
public struct AlertRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 64 }

    /// Its name.
    public var name: TextReference
    /// Name of the route that is meant, or none.
    public var route: TextReference
    /// Path of the request that tells of it, or none if nobody is told.
    public var webhookPath: TextReference
    /// Connections, millionths or microseconds. It fires above.
    public var threshold: UInt64
    /// The service that is meant, or none.
    public var service: UInt32
    /// The service that is told, or none.
    public var webhookService: UInt32
    /// Over which rates and latencies are taken.
    public var windowMilliseconds: UInt32
    /// How long it must be above before it fires.
    public var holdMilliseconds: UInt32
    /// Source file.
    public var file: UInt32
    /// Line in it, from 1.
    public var line: UInt32
    /// 0 connections, 1 error rate, 2 latency.
    public var metric: UInt8
    /// 0 warning, 1 critical.
    public var severity: UInt8
    /// Quantile of a latency, 1 to 99.
    public var quantilePercent: UInt8

    /// All fields zero, links none.
    @inlinable public init() {
        self.name = .none
        self.route = .none
        self.webhookPath = .none
        self.threshold = 0
        self.service = .none
        self.webhookService = .none
        self.windowMilliseconds = 0
        self.holdMilliseconds = 0
        self.file = 0
        self.line = 0
        self.metric = 0
        self.severity = 0
        self.quantilePercent = 0
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.name = bytes.text(at: 0)
        self.route = bytes.text(at: 8)
        self.webhookPath = bytes.text(at: 16)
        self.threshold = bytes.uint64(at: 24)
        self.service = bytes.uint32(at: 32)
        self.webhookService = bytes.uint32(at: 36)
        self.windowMilliseconds = bytes.uint32(at: 40)
        self.holdMilliseconds = bytes.uint32(at: 44)
        self.file = bytes.uint32(at: 48)
        self.line = bytes.uint32(at: 52)
        self.metric = bytes.uint8(at: 56)
        self.severity = bytes.uint8(at: 57)
        self.quantilePercent = bytes.uint8(at: 58)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(name, at: 0)
        bytes.put(route, at: 8)
        bytes.put(webhookPath, at: 16)
        bytes.put(threshold, at: 24)
        bytes.put(service, at: 32)
        bytes.put(webhookService, at: 36)
        bytes.put(windowMilliseconds, at: 40)
        bytes.put(holdMilliseconds, at: 44)
        bytes.put(file, at: 48)
        bytes.put(line, at: 52)
        bytes.put(metric, at: 56)
        bytes.put(severity, at: 57)
        bytes.put(quantilePercent, at: 58)
    }
}

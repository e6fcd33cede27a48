/// How one service chooses, checks, spares and reaches its endpoints. Same place as its
/// ``ServiceRecord``.
public struct ServicePolicyRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 208 }

    /// Path of the health check, or none if there is no check.
    public var healthPath: TextReference
    /// Name of the header, cookie or capture that is hashed, or none.
    public var hashName: TextReference
    /// Name of the cookie that keeps a client at its endpoint, or none.
    public var affinityCookie: TextReference
    /// Host of the proxy on the way, or none.
    public var proxyHost: TextReference
    /// User for the proxy, or none.
    public var proxyUser: TextReference
    /// Password for the proxy, or none.
    public var proxyPassword: TextReference
    /// Statuses that count as healthy: bit *n* of word *w* is status 100 + 64 *w* + *n*.
    public var expectedStatuses: InlineArray<8, UInt64>
    /// Statuses that make another attempt: bit *n* of word *w* is status 500 + 64 *w* + *n*.
    public var retryStatuses: InlineArray<2, UInt64>
    /// Time between two health checks.
    public var healthIntervalMilliseconds: UInt32
    /// Time for one health check.
    public var healthTimeoutMilliseconds: UInt32
    /// Good checks in a row that make an endpoint healthy.
    public var healthyThreshold: UInt32
    /// Bad checks in a row that make it unhealthy.
    public var unhealthyThreshold: UInt32
    /// Attempts after the first.
    public var retryAttempts: UInt32
    /// Longest pause before the first of them.
    public var retryBackoffMilliseconds: UInt32
    /// Longest pause before any of them.
    public var retryBackoffMillisecondsMax: UInt32
    /// How long a client keeps its endpoint.
    public var affinityMilliseconds: UInt32
    /// Requests under way at once; 0: no limit.
    public var connectionsMax: UInt32
    /// Requests that wait for a connection; 0: no limit.
    public var pendingMax: UInt32
    /// Failures in a row that eject an endpoint; 0: none do.
    public var consecutiveFailures: UInt32
    /// How long it is ejected the first time.
    public var ejectionMilliseconds: UInt32
    /// The service that takes over, or none.
    public var fallbackService: UInt32
    /// The answer where nothing is left, or none.
    public var fallbackAnswer: UInt32
    /// Age up to which a kept answer is given; 0: none are kept.
    public var staleMillisecondsMax: UInt32
    /// Content of one kept answer at most.
    public var answerBytesMax: UInt32
    /// Kept answers of one worker together.
    public var totalBytesMax: UInt32
    /// Time between two pings of upgraded connections; 0: none.
    public var pingIntervalMilliseconds: UInt32
    /// Port of the proxy on the way.
    public var proxyPort: UInt16
    /// 0 client address, 1 header, 2 cookie, 3 capture.
    public var hashKind: UInt8
    /// 0 none, 1 SOCKS5, 2 HTTP, 3 HTTPS, 4 by the environment.
    public var proxyKind: UInt8
    /// ``retriesConnectFailure``.
    public var flags: UInt8

    /// All fields zero, links none.
    @inlinable public init() {
        self.healthPath = .none
        self.hashName = .none
        self.affinityCookie = .none
        self.proxyHost = .none
        self.proxyUser = .none
        self.proxyPassword = .none
        self.expectedStatuses = InlineArray(repeating: 0)
        self.retryStatuses = InlineArray(repeating: 0)
        self.healthIntervalMilliseconds = 0
        self.healthTimeoutMilliseconds = 0
        self.healthyThreshold = 0
        self.unhealthyThreshold = 0
        self.retryAttempts = 0
        self.retryBackoffMilliseconds = 0
        self.retryBackoffMillisecondsMax = 0
        self.affinityMilliseconds = 0
        self.connectionsMax = 0
        self.pendingMax = 0
        self.consecutiveFailures = 0
        self.ejectionMilliseconds = 0
        self.fallbackService = .none
        self.fallbackAnswer = .none
        self.staleMillisecondsMax = 0
        self.answerBytesMax = 0
        self.totalBytesMax = 0
        self.pingIntervalMilliseconds = 0
        self.proxyPort = 0
        self.hashKind = 0
        self.proxyKind = 0
        self.flags = 0
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.healthPath = bytes.text(at: 0)
        self.hashName = bytes.text(at: 8)
        self.affinityCookie = bytes.text(at: 16)
        self.proxyHost = bytes.text(at: 24)
        self.proxyUser = bytes.text(at: 32)
        self.proxyPassword = bytes.text(at: 40)
        self.expectedStatuses = InlineArray { bytes.uint64(at: 48 + 8 * $0) }
        self.retryStatuses = InlineArray { bytes.uint64(at: 112 + 8 * $0) }
        self.healthIntervalMilliseconds = bytes.uint32(at: 128)
        self.healthTimeoutMilliseconds = bytes.uint32(at: 132)
        self.healthyThreshold = bytes.uint32(at: 136)
        self.unhealthyThreshold = bytes.uint32(at: 140)
        self.retryAttempts = bytes.uint32(at: 144)
        self.retryBackoffMilliseconds = bytes.uint32(at: 148)
        self.retryBackoffMillisecondsMax = bytes.uint32(at: 152)
        self.affinityMilliseconds = bytes.uint32(at: 156)
        self.connectionsMax = bytes.uint32(at: 160)
        self.pendingMax = bytes.uint32(at: 164)
        self.consecutiveFailures = bytes.uint32(at: 168)
        self.ejectionMilliseconds = bytes.uint32(at: 172)
        self.fallbackService = bytes.uint32(at: 176)
        self.proxyPort = bytes.uint16(at: 180)
        self.hashKind = bytes.uint8(at: 182)
        self.proxyKind = bytes.uint8(at: 183)
        self.flags = bytes.uint8(at: 184)
        self.pingIntervalMilliseconds = bytes.uint32(at: 188)
        self.fallbackAnswer = bytes.uint32(at: 192)
        self.staleMillisecondsMax = bytes.uint32(at: 196)
        self.answerBytesMax = bytes.uint32(at: 200)
        self.totalBytesMax = bytes.uint32(at: 204)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(healthPath, at: 0)
        bytes.put(hashName, at: 8)
        bytes.put(affinityCookie, at: 16)
        bytes.put(proxyHost, at: 24)
        bytes.put(proxyUser, at: 32)
        bytes.put(proxyPassword, at: 40)
        for word in 0..<8 { bytes.put(expectedStatuses[word], at: 48 + 8 * word) }
        for word in 0..<2 { bytes.put(retryStatuses[word], at: 112 + 8 * word) }
        bytes.put(healthIntervalMilliseconds, at: 128)
        bytes.put(healthTimeoutMilliseconds, at: 132)
        bytes.put(healthyThreshold, at: 136)
        bytes.put(unhealthyThreshold, at: 140)
        bytes.put(retryAttempts, at: 144)
        bytes.put(retryBackoffMilliseconds, at: 148)
        bytes.put(retryBackoffMillisecondsMax, at: 152)
        bytes.put(affinityMilliseconds, at: 156)
        bytes.put(connectionsMax, at: 160)
        bytes.put(pendingMax, at: 164)
        bytes.put(consecutiveFailures, at: 168)
        bytes.put(ejectionMilliseconds, at: 172)
        bytes.put(fallbackService, at: 176)
        bytes.put(proxyPort, at: 180)
        bytes.put(hashKind, at: 182)
        bytes.put(proxyKind, at: 183)
        bytes.put(flags, at: 184)
        bytes.put(pingIntervalMilliseconds, at: 188)
        bytes.put(fallbackAnswer, at: 192)
        bytes.put(staleMillisecondsMax, at: 196)
        bytes.put(answerBytesMax, at: 200)
        bytes.put(totalBytesMax, at: 204)
    }

    /// A connection that could not be made, or was lost without an answer, makes another attempt.
    @inlinable public static var retriesConnectFailure: UInt8 { 1 }

    public static func == (left: Self, right: Self) -> Bool {
        var bytes = (RecordBuffer(byteCount: byteCount), RecordBuffer(byteCount: byteCount))
        left.write(to: &bytes.0)
        right.write(to: &bytes.1)
        return bytes.0.bytes == bytes.1.bytes
    }
}

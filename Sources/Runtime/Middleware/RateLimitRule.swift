import RouteTable
import TableFormat

/// One `rate_limit` in the form in which requests are counted by it. Made once for a table.
struct RateLimitRule: Sendable {
    /// Lower-case name of the header that tells clients apart.
    let keyName: [UInt8]
    let keyKind: RequestKeyKind
    let claim: UInt32
    /// Nanoseconds in which one request's worth comes back.
    let interval: UInt64
    /// Requests that may come at once.
    let burst: UInt32
    /// The same for a rule of the same name that says the same, so that its counts survive a reload.
    let identity: UInt64

    init(_ record: RateLimitRecord, keyName: [UInt8], identity: UInt64) {
        self.keyName = keyName
        self.identity = identity
        keyKind = RequestKeyKind(rawValue: record.keyKind) ?? .clientAddress
        claim = record.claim
        burst = record.burst
        let perMinute = UInt64(record.requestsPerMinute)
        // Rounded up: never more requests than were allowed.
        interval = (60_000_000_000 + perMinute - 1) / perMinute
    }
}

/// `config` of a middleware of type `rate_limit`.
package struct RateLimitPolicy: Equatable, Sendable {
    package var requestsPerMinute: UInt32
    /// Requests that may come at once; nil for as many as ``requestsPerMinute``.
    package var burstSize: UInt32?
    package var key: RequestKey

    package init(requestsPerMinute: UInt32, burstSize: UInt32?, key: RequestKey) {
        self.requestsPerMinute = requestsPerMinute
        self.burstSize = burstSize
        self.key = key
    }
}

import RouteTable

/// An answer that stands in for that of a service which nobody could reach.
struct FallbackReply: BitwiseCopyable {
    /// Its index in the table.
    let answer: UInt32
    /// The service that was asked for.
    let service: ServiceIndex
    let route: RouteIndex?
    /// When a request may be sent to a backend of it again.
    let retryAfterSeconds: UInt32
}

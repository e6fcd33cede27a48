package import RouteTable
internal import Synchronization

/// The buckets of all `rate_limit`s of this process, counted by all workers together. Lives as long as any table
/// that limits, so that counts survive a reload.
///
/// One lock for each of many parts: a request holds one of them for some ten nanoseconds.
package final class RateLimitStore: Sendable {
    private final class Part: Sendable {
        let buckets = Mutex(RateLimitBuckets(count: 1 << 16))
    }

    /// 64 parts of 1 MiB: room for four million keys of 16 bytes, so that a million of them are kept apart.
    private let parts: [Part] = (0..<64).map { _ in Part() }

    package init() {}

    /// Counts one request. Exact: no two requests take the same token, whichever workers they come to.
    package func take(
        _ key: UInt64, now: UInt64, interval: UInt64, burst: UInt32
    ) -> RateLimitDecision {
        parts[Int(key &>> 58)].buckets.withLock { buckets in
            buckets.take(key, now: now, interval: interval, burst: burst)
        }
    }

    /// What a client is counted under. The seed belongs to the process: nobody can choose keys that fall
    /// together.
    package static func key(_ identity: UInt64, _ name: RawSpan) -> UInt64 {
        var hasher = Hasher()
        hasher.combine(identity)
        // SAFETY: the bytes are read during the call only.
        unsafe name.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }

    /// The same for a client that is told apart by its address: IPv6 by the first 64 bits.
    package static func key(_ identity: UInt64, _ client: ClientAddress) -> UInt64 {
        let network = client.network
        var hasher = Hasher()
        hasher.combine(identity)
        hasher.combine(network.high)
        hasher.combine(network.low)
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }
}

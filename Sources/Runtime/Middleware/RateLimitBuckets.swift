/// Token buckets of many clients in memory of a fixed size.
///
/// A bucket is one number: when it will be full again. That time moves on by one interval with each request,
/// and a request that would put it further into the future than the burst allows is not admitted. A bucket
/// that is full is no different from one that nobody knows, so its place is free.
///
/// Keys are spread over sets of sixteen places. If all places of a set are taken, the bucket that is nearest
/// to being full makes room: nothing is more forgivable to forget.
@safe
package struct RateLimitBuckets: ~Copyable, @unchecked Sendable {
    private struct Bucket: BitwiseCopyable {
        var key: UInt64
        /// Nanoseconds.
        var fullAt: UInt64
    }

    private static let waysPerSet = 16

    private let buckets: UnsafeMutablePointer<Bucket>
    private let setMask: UInt64

    /// - Parameter count: Number of buckets, a power of two, at least 16. Memory is taken when they are used.
    package init(count: Int) {
        precondition(count >= Self.waysPerSet && count & (count - 1) == 0, "a power of two")
        setMask = UInt64(count / Self.waysPerSet - 1)
        // SAFETY: owned until `deinit`; zeroes are a bucket that nobody has used.
        unsafe buckets = ZeroedMemory.allocate(Bucket.self, count: count)
    }

    deinit { unsafe ZeroedMemory.free(buckets) }

    /// Counts one request.
    ///
    /// - Parameters:
    ///   - key: A hash of who asks.
    ///   - now: Nanoseconds. May be a little earlier than in the call before.
    ///   - interval: Nanoseconds in which one request's worth comes back.
    ///   - burst: Requests that may come at once, at least 1.
    package mutating func take(
        _ key: UInt64, now: UInt64, interval: UInt64, burst: UInt32
    ) -> RateLimitDecision {
        let place = place(of: key, now: now)
        // SAFETY: the place lies in the memory.
        let bucket = unsafe buckets[place]
        let fullAt = bucket.key == key ? max(bucket.fullAt, now) : now
        let (depth, isHuge) = interval.multipliedReportingOverflow(by: UInt64(burst))
        let capacity = isHuge ? UInt64.max / 4 : min(depth, UInt64.max / 4)
        let next = fullAt + interval
        guard next - now <= capacity else {
            return RateLimitDecision(
                isAdmitted: false, remaining: 0, resetNanoseconds: next - now - capacity)
        }
        // SAFETY: as above.
        unsafe buckets[place] = Bucket(key: key, fullAt: next)
        let remaining = (capacity - (next - now)) / interval
        return RateLimitDecision(
            isAdmitted: true, remaining: remaining,
            resetNanoseconds: remaining > 0 ? next - now : interval - (capacity - (next - now)))
    }

    /// The key's place, or else the one that is the least loss.
    private func place(of key: UInt64, now: UInt64) -> Int {
        let first = Int(key & setMask) * Self.waysPerSet
        var best = first
        for place in first..<first + Self.waysPerSet {
            // SAFETY: sets lie in the memory.
            let bucket = unsafe buckets[place]
            if bucket.key == key, bucket.fullAt != 0 { return place }
            if unsafe bucket.fullAt < buckets[best].fullAt { best = place }
        }
        return best
    }
}

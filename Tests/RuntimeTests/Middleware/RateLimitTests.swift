import Foundation
import RouteTable
import Runtime
import Synchronization
import Testing

@Suite("Token buckets")
struct RateLimitBucketTests {
    private static let second: UInt64 = 1_000_000_000

    @Test("A burst, and then one request an interval")
    func burst() {
        var buckets = RateLimitBuckets(count: 16)
        let start = 100 * Self.second
        for left in [UInt64(2), 1, 0] {
            let decision = buckets.take(7, now: start, interval: Self.second, burst: 3)
            #expect(decision.isAdmitted)
            #expect(decision.remaining == left)
        }
        let refused = buckets.take(7, now: start, interval: Self.second, burst: 3)
        #expect(!refused.isAdmitted && refused.remaining == 0)
        #expect(refused.resetNanoseconds == Self.second)
        let early = buckets.take(
            7, now: start + Self.second - 1, interval: Self.second, burst: 3)
        #expect(!early.isAdmitted && early.resetNanoseconds == 1)
        let later = buckets.take(7, now: start + Self.second, interval: Self.second, burst: 3)
        #expect(later.isAdmitted && later.remaining == 0)
        #expect(later.resetNanoseconds == Self.second)
        let rested = buckets.take(
            7, now: start + 100 * Self.second, interval: Self.second, burst: 3)
        #expect(rested.remaining == 2)
    }

    @Test("Other keys are not concerned, and a clock that goes back a little gives nothing away")
    func keys() {
        var buckets = RateLimitBuckets(count: 16)
        let now = 50 * Self.second
        #expect(buckets.take(1, now: now, interval: Self.second, burst: 1).isAdmitted)
        #expect(buckets.take(2, now: now, interval: Self.second, burst: 1).isAdmitted)
        #expect(!buckets.take(1, now: now - 1_000, interval: Self.second, burst: 1).isAdmitted)
    }

    @Test("In a full set the bucket nearest to being full is forgotten, no other")
    func eviction() {
        var buckets = RateLimitBuckets(count: 16)
        let now = 50 * Self.second
        for key in UInt64(1)...16 {
            for _ in 0..<key {
                #expect(buckets.take(key, now: now, interval: Self.second, burst: 16).isAdmitted)
            }
        }
        #expect(buckets.take(17, now: now, interval: Self.second, burst: 16).remaining == 15)
        #expect(buckets.take(16, now: now, interval: Self.second, burst: 16).isAdmitted == false)
        #expect(buckets.take(2, now: now, interval: Self.second, burst: 16).remaining == 13)
    }

    // Goal: no two workers take the same token.
    // Method: eight threads take from ten keys at one moment; as many get through as the bursts hold.
    @Test("Exact however many ask at once")
    func concurrent() {
        let store = RateLimitStore()
        let admitted = Mutex([Int](repeating: 0, count: 10))
        let ended = DispatchSemaphore(value: 0)
        for _ in 0..<8 {
            Thread.detachNewThread {
                var mine = [Int](repeating: 0, count: 10)
                for _ in 0..<2_000 {
                    for key in 0..<10 {
                        let client = ClientAddress(ipv4: UInt32(key))
                        let decision = store.take(
                            RateLimitStore.key(5, client), now: 7 * Self.second,
                            interval: 1_000_000, burst: 1_000)
                        if decision.isAdmitted { mine[key] += 1 }
                    }
                }
                admitted.withLock { all in
                    for key in 0..<10 { all[key] += mine[key] }
                }
                ended.signal()
            }
        }
        for _ in 0..<8 { ended.wait() }
        #expect(admitted.withLock { $0 } == [Int](repeating: 1_000, count: 10))
    }

    @Test("A million clients are told apart")
    func million() {
        let store = RateLimitStore()
        let now = 9 * Self.second
        var firstCount = 0
        var secondCount = 0
        for number in UInt32(0)..<1_000_000 {
            let key = RateLimitStore.key(1, ClientAddress(ipv4: number))
            let decision = store.take(key, now: now, interval: Self.second, burst: 1)
            if decision.isAdmitted { firstCount += 1 }
        }
        for number in UInt32(0)..<1_000_000 {
            let key = RateLimitStore.key(1, ClientAddress(ipv4: number))
            let decision = store.take(key, now: now, interval: Self.second, burst: 1)
            if decision.isAdmitted { secondCount += 1 }
        }
        #expect(firstCount >= 999_990)
        #expect(secondCount <= 10)
    }

    @Test("IPv6 clients of one network share a key, and rules do not")
    func networks() {
        let first = ClientAddress(high: 0x2001_0DB8_0000_0001, low: 1)
        let second = ClientAddress(high: 0x2001_0DB8_0000_0001, low: 2)
        let other = ClientAddress(high: 0x2001_0DB8_0000_0002, low: 1)
        #expect(RateLimitStore.key(1, first) == RateLimitStore.key(1, second))
        #expect(RateLimitStore.key(1, first) != RateLimitStore.key(1, other))
        #expect(RateLimitStore.key(1, first) != RateLimitStore.key(2, first))
    }
}

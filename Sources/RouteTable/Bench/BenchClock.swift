import Glibc

/// The time of batches.
package struct BenchClock: Sendable {
    /// What a measurement of nothing takes, in nanoseconds.
    private let overhead: UInt64

    package init() {
        let samples = (0..<1001).map { _ in
            let start = Self.now()
            return Self.now() - start
        }
        overhead = samples.sorted()[samples.count / 2]
    }

    /// Monotonic time in nanoseconds.
    package static func now() -> UInt64 {
        var time = timespec()
        // SAFETY: the call fills the structure.
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    /// Nanoseconds since `start`, without those that the two questions take.
    func elapsed(since start: UInt64) -> UInt64 {
        let elapsed = Self.now() - start
        return elapsed > overhead ? elapsed - overhead : 0
    }
}

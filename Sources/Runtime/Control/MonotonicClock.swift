internal import Glibc

/// CLOCK_MONOTONIC, the clock of all deadlines.
enum MonotonicClock {
    static func nowMilliseconds() -> UInt64 {
        var now = timespec()
        _ = unsafe clock_gettime(CLOCK_MONOTONIC, &now)
        return UInt64(now.tv_sec) * 1000 + UInt64(now.tv_nsec) / 1_000_000
    }
}

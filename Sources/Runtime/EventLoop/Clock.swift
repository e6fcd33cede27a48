import Glibc

/// A point on the monotonic clock, in milliseconds. Sampled once per turn and passed in everywhere.
package typealias MonotonicMilliseconds = UInt64

/// The clocks of the process. Only the event loop reads them.
enum Clock {
    /// The monotonic time now, in milliseconds.
    static func monotonicMilliseconds() -> MonotonicMilliseconds {
        let time = read(CLOCK_MONOTONIC)
        return UInt64(time.tv_sec) &* 1_000 &+ UInt64(time.tv_nsec) / 1_000_000
    }

    /// The monotonic time now, in microseconds: for durations in logs.
    static func monotonicMicroseconds() -> UInt64 {
        let time = read(CLOCK_MONOTONIC)
        return UInt64(time.tv_sec) &* 1_000_000 &+ UInt64(time.tv_nsec) / 1_000
    }

    /// The time of the day now, in milliseconds since 1970: for what says when it ends.
    static func wallMilliseconds() -> Int64 {
        let time = read(CLOCK_REALTIME)
        return Int64(time.tv_sec) &* 1_000 &+ Int64(time.tv_nsec) / 1_000_000
    }

    private static func read(_ clock: clockid_t) -> timespec {
        var time = timespec()
        // SAFETY: the call writes one timespec, which lives on this frame.
        let result = unsafe clock_gettime(clock, &time)
        precondition(result == 0, "the kernel has no such clock")
        return time
    }
}

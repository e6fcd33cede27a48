internal import Glibc

/// A point in time after which a test gives up.
///
/// Tests wait for events, never for time to pass: a deadline is only how long a broken program may keep a test
/// from failing.
package struct Deadline: Sendable {
    /// What tests use where nothing else is said: long enough for a loaded machine under a sanitizer.
    package static let usualSeconds = 60.0

    private let end: UInt64

    /// - Parameter seconds: From now.
    package init(seconds: Double = Deadline.usualSeconds) {
        end = Self.now() + UInt64(seconds * 1e9)
    }

    /// Milliseconds that are left, for `poll`: 0 when none are.
    package var remainingMilliseconds: Int32 {
        let now = Self.now()
        return now >= end ? 0 : Int32(min((end - now) / 1_000_000 + 1, 1_000_000))
    }

    /// Seconds that are left, 0 when none are.
    package var remainingSeconds: Double { Double(remainingMilliseconds) / 1000 }

    package var hasPassed: Bool { remainingMilliseconds == 0 }

    /// Asks again and again until the answer is yes.
    ///
    /// For what no event announces, such as a descriptor that another process closes.
    ///
    /// - Throws: ``TestSupportError`` when the time is over, with `what` in its message.
    package static func poll(
        _ what: String, seconds: Double = usualSeconds, until isTrue: () throws -> Bool
    ) throws {
        let deadline = Deadline(seconds: seconds)
        while try !isTrue() {
            guard !deadline.hasPassed else { throw TestSupportError("in vain: \(what)") }
            // No descriptors are watched: this gives the processor to the others for a moment.
            _ = Glibc.poll(nil, 0, 2)
        }
    }

    private static func now() -> UInt64 {
        var time = timespec()
        // SAFETY: the clock exists and the time is ours.
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}

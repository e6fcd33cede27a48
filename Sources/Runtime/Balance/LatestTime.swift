internal import Synchronization

/// The latest of the times that workers have named for something.
package final class LatestTime: Sendable {
    private let milliseconds = Atomic<UInt64>(0)

    package init() {}

    /// 0 before the first.
    package var value: MonotonicMilliseconds { milliseconds.load(ordering: .relaxed) }

    /// Names a time, which counts if it is later than the others.
    package func raise(to time: MonotonicMilliseconds) {
        milliseconds.max(time, ordering: .relaxed)
    }
}

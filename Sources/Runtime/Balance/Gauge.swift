internal import Synchronization

/// A number of things in use, counted by all workers together: limits that are promised exactly need
/// one. Taken only where a limit is set.
package final class Gauge: Sendable {
    private let count = Atomic<Int>(0)

    package init() {}

    /// Whether any is taken.
    var isInUse: Bool { count.load(ordering: .relaxed) > 0 }

    /// Takes one if fewer than `limit` are taken.
    package func take(limit: UInt32) -> Bool {
        guard count.add(1, ordering: .relaxed).newValue > Int(limit) else { return true }
        count.subtract(1, ordering: .relaxed)
        return false
    }

    /// Takes one, whatever the limit.
    package func takeAnyway() { count.add(1, ordering: .relaxed) }

    /// Gives one back that was taken.
    package func giveBack() { count.subtract(1, ordering: .relaxed) }
}

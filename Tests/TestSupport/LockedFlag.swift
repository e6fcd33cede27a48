internal import Synchronization

/// A flag that several threads may change.
package final class LockedFlag: Sendable {
    private let value: Atomic<Bool>

    package init(_ value: Bool) { self.value = Atomic(value) }

    /// Sequentially consistent: it is rare, and tests should be easy to reason about.
    package var isSet: Bool { value.load(ordering: .sequentiallyConsistent) }

    /// Sets the flag and returns what it was.
    @discardableResult
    package func exchange(_ new: Bool) -> Bool {
        value.exchange(new, ordering: .sequentiallyConsistent)
    }
}

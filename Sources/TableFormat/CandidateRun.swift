/// Routes (or host rules) that one key leads to, best first, each at most once.
///
/// A single one stands in `first` itself; several stand one after another in the section of
/// candidates, and `first` is the index of the first.
package struct CandidateRun: Hashable, Sendable {
    package var first: UInt32
    package var count: UInt32

    @inlinable
    package init(first: UInt32, count: UInt32) {
        self.first = first
        self.count = count
    }

    @inlinable
    package static var none: CandidateRun { CandidateRun(first: 0, count: 0) }
}

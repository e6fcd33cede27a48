/// Routes (or host rules) that one key leads to, best first, each at most once.
///
/// A single one stands in `first` itself; several stand one after another in the section of
/// candidates, and `first` is the index of the first.
public struct CandidateRun: Hashable, Sendable {
    public var first: UInt32
    public var count: UInt32

    @inlinable
    public init(first: UInt32, count: UInt32) {
        self.first = first
        self.count = count
    }

    @inlinable
    public static var none: CandidateRun { CandidateRun(first: 0, count: 0) }
}

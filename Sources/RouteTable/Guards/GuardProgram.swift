/// The steps that a request goes through before it is sent on or answered: a run of the table's steps.
package struct GuardProgram: BitwiseCopyable, Equatable, Sendable {
    /// Index of the first step.
    package let first: UInt32
    /// Number of steps.
    package let count: UInt32

    /// For requests that no rule takes.
    package static let empty = GuardProgram(first: 0, count: 0)

    package var isEmpty: Bool { count == 0 }
}

package import TableFormat

/// One step of a guard program: what to do, and by which policy.
package struct GuardStep: BitwiseCopyable, Equatable, Sendable {
    package let kind: MiddlewareKind
    /// Index in the section of the kind.
    package let policy: UInt32
    /// Index of the middleware that it comes from.
    package let middleware: UInt32
}

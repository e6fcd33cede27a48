/// What may follow the segments of a segment pattern.
package enum PathTail: Hashable, Sendable {
    /// Nothing. `/users/{id}/` has an empty literal as its last segment.
    case end
    /// The path itself and everything below: `/*`, or `/{path...}` with a name.
    case subtree(name: String?)
}

/// One segment of a segment pattern.
package enum PathSegment: Hashable, Sendable {
    case literal(String)
    /// Literal text with `*` inside: the texts around the stars, in order, at least two, of which the
    /// first and last may be empty. `*.js` is `["", ".js"]`. At least one text is not empty.
    case glob([String])
    /// One whole segment, not empty: `{id}` or, without a name, `*`.
    case wildcard(name: String?)
}

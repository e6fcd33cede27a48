/// Which paths a route is for. All literals are canonical paths' bytes.
package enum PathPattern: Hashable, Sendable {
    /// `/ws`: that path only.
    case exact(String)
    /// Whole segments from the left, then a tail. `/ws/*` is one literal and a subtree.
    /// At least one segment is not a literal, or the tail is a subtree.
    case segments([PathSegment], tail: PathTail)
    /// PCRE2 source, without `~` or `~*`; of a pattern that begins with `^`, all of it.
    case regex(source: String, ignoresCase: Bool)
}

/// One segment of a segment pattern.
package enum PathSegment: Hashable, Sendable {
    case literal(String)
    /// Literal text with `*` inside: the texts around the stars, in order, at least two, of which the
    /// first and last may be empty. `*.js` is `["", ".js"]`. At least one text is not empty.
    case glob([String])
    /// One whole segment, not empty: `{id}` or, without a name, `*`.
    case wildcard(name: String?)
}

/// What may follow the segments of a segment pattern.
package enum PathTail: Hashable, Sendable {
    /// Nothing. `/users/{id}/` has an empty literal as its last segment.
    case end
    /// The path itself and everything below: `/*`, or `/{path...}` with a name.
    case subtree(name: String?)
}

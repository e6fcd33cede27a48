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

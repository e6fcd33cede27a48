/// A parsed regex.
struct RegexTree: Equatable {
    var root: RegexNode
    /// Whether the tree matches exactly what PCRE2 matches, look-around and the like being absent.
    var isExact: Bool
}

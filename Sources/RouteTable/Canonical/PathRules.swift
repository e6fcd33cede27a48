/// The options of `advanced.path`.
struct PathRules: Equatable {
    /// Empty segments inside a path are merged instead of refused.
    var mergesSlashes = false
    /// `%2F` and `%5C` stay inside their segment instead of being refused.
    var keepsEncodedSlash = false
}

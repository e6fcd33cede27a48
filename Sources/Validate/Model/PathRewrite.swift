/// The `rewrite` of a route. `path` replaces the whole path; the others change its start, strip first.
package struct PathRewrite: Equatable, Sendable {
    /// Whole segments; begins with `/`, does not end with one.
    package var stripPrefix: String?
    /// Begins with `/`, does not end with one.
    package var addPrefix: String?
    package var path: Template?

    package init(stripPrefix: String? = nil, addPrefix: String? = nil, path: Template? = nil) {
        self.stripPrefix = stripPrefix
        self.addPrefix = addPrefix
        self.path = path
    }
}

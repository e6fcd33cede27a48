/// A secret, or where wsproxy finds it when it loads the table.
package enum Secret: Equatable, Sendable {
    /// Written in the configuration. Draws a warning.
    case literal(String)
    /// `{env: NAME}`
    case environment(String)
    /// `{file: PATH}`
    case file(String)
}

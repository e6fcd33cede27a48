/// How much YAML is read. A configuration comes from a colleague or a pipeline, not always from a friend.
package enum SyntaxLimits {
    /// Largest file, in bytes. Room for several hundred thousand routes.
    package static let fileByteCountMax = 64 << 20
    /// Most nodes that all aliases of a file may expand to.
    package static let aliasedNodeCountMax = 100_000
    /// Deepest nesting of maps and lists, aliases expanded.
    package static let depthMax = 64
    /// Most bytes that all environment variables of a file may expand to.
    package static let expandedByteCountMax = 16 << 20
}

/// `config` of a middleware of type `logging`.
package struct LoggingPolicy: Equatable, Sendable {
    /// Least level that is logged.
    package enum Level: UInt8, Sendable { case trace, debug, info, notice, warning, error }
    /// Form of a line.
    package enum Format: UInt8, Sendable { case text, json }

    package var level: Level?
    package var format: Format?
    /// `stdout`, `stderr` or a path.
    package var output: String?
    /// How many of a million requests are logged.
    package var samplePerMillion: UInt32 = 1_000_000

    package init() {}
}

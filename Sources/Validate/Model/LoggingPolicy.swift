/// `config` of a middleware of type `logging`.
package struct LoggingPolicy: Equatable, Sendable {
    /// Least level that is logged.
    package enum Level: UInt8, Sendable { case trace, debug, info, notice, warning, error }
    /// Form of a line.
    package enum Format: UInt8, Sendable { case text, json }

    package var level: Level?
    package var format: Format?
    /// The form of a line with fields in braces, instead of ``format``.
    package var template: String?
    /// `stdout`, `stderr` or a path.
    package var output: String?
    /// How many of a million requests are logged.
    package var samplePerMillion: UInt32 = 1_000_000

    package init() {}

    /// What may stand in braces in a form of one's own.
    package static let fieldNames = [
        "time", "client", "method", "host", "path", "protocol", "closed_by", "close_code",
        "status", "bytes_in", "bytes_out", "duration_ms", "upstream_ms", "route", "rule",
        "service", "fallback", "upstream", "fault", "reason", "request_id", "trace_id", "table",
    ]
}

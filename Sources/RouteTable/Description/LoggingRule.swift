/// What a middleware of type `logging` says of the lines of its routes. Decoded once when a table is
/// loaded.
package struct LoggingRule: Equatable, Sendable {
    /// What a request has to be to have a line.
    package enum Level: UInt8, Sendable {
        case any = 0
        /// It was answered with 4xx or 5xx, or did not end well.
        case notInOrder = 1
        /// It was answered with 5xx, or an upstream or the proxy was at fault.
        case failed = 2
    }

    /// The form of the lines.
    package enum Format: Equatable, Sendable {
        /// As the command line says.
        case usual
        case text
        case json
        /// Text with fields in braces.
        case template(String)
    }

    /// `stdout`, `stderr` or a path.
    package var output: String
    package var level: Level
    package var format: Format
    /// How many of a million requests have a line.
    package var samplePerMillion: UInt32
}

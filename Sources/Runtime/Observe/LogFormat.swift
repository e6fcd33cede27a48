/// The form of log lines.
package enum LogFormat: UInt8, BitwiseCopyable, Sendable {
    /// For people: fixed columns or `key=value`.
    case text
    /// One JSON object a line.
    case json
}

/// How much an operator wants to read. Each level has all levels above it.
package enum LogLevel: UInt8, CaseIterable, Comparable, BitwiseCopyable, Sendable {
    /// An operator must act.
    case error
    /// Something is odd; said once, not for each request.
    case warning
    /// Start, reload, drain, listeners.
    case notice
    /// The access log.
    case info
    /// How the proxy itself proceeds.
    case debug

    package static func < (lhs: LogLevel, rhs: LogLevel) -> Bool { lhs.rawValue < rhs.rawValue }

    /// The word for it in options and lines.
    package var name: StaticString {
        switch self {
        case .error: "error"
        case .warning: "warning"
        case .notice: "notice"
        case .info: "info"
        case .debug: "debug"
        }
    }
}

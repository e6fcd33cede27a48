/// Why the process is to end.
enum DrainReason: UInt8, BitwiseCopyable, Sendable {
    /// SIGTERM or SIGINT: this process goes away. WebSockets are told 1001.
    case signal
    /// Somebody asked for it: another instance is there already. WebSockets are told 1012.
    case request
}

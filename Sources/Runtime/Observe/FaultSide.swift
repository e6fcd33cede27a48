/// Whose fault it was that an exchange did not end well.
package enum FaultSide: UInt8, BitwiseCopyable, Sendable {
    /// Nobody's.
    case none
    case client
    case upstream
    case proxy

    /// The word for it in log lines.
    package var name: StaticString {
        switch self {
        case .none: "-"
        case .client: "client"
        case .upstream: "upstream"
        case .proxy: "proxy"
        }
    }
}

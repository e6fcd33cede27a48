internal import RouteTable

/// What a `logging` middleware says, as a worker uses it.
struct RouteLogging {
    let queue: LogQueue
    let form: LogForm
    let level: LoggingRule.Level
    let samplePerMillion: UInt32

    /// Whether a request that ended like this has a line.
    func wants(status: UInt16, side: FaultSide) -> Bool {
        switch level {
        case .any: true
        case .notInOrder: status >= 400 || side != .none
        case .failed: status >= 500 || side == .upstream || side == .proxy
        }
    }
}

/// What one health check has found.
enum ProbeFinding: Equatable, Sendable {
    /// An answer that is expected.
    case good
    /// An answer with another status.
    case status(UInt16)
    /// A WebSocket that was not opened as it should be.
    case notAccepted
    /// No connection, or none that lasted to the head of an answer.
    case noAnswer(ExchangeFault)
    case timedOut

    /// For the log.
    var reason: String {
        switch self {
        case .good: "the answer is good"
        case .status(let status): "the answer was \(status)"
        case .notAccepted: "WebSocket handshake not accepted"
        case .noAnswer(let fault): fault.reason.description
        case .timedOut: "no answer in time"
        }
    }
}

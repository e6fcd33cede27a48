/// What has come of one attempt to tell somebody of an alert.
package enum NoticeOutcome: Equatable, Sendable {
    /// An answer with this status.
    case answered(status: UInt16)
    /// No connection, or none that lasted to the head of an answer.
    case noAnswer(ExchangeFault)
    case timedOut
    /// Nobody here could ask.
    case noRoom
    /// Its service has no backend that may be used now.
    case noBackend
    /// The table has no service of its name.
    case noService

    package var isDelivered: Bool {
        if case .answered(let status) = self { (200..<300).contains(status) } else { false }
    }

    /// Whether another attempt may end otherwise: an answer that refuses will be given again.
    package var mayChange: Bool {
        switch self {
        case .answered(let status): status >= 500 || status == 408 || status == 429
        case .noAnswer, .timedOut, .noRoom, .noBackend, .noService: true
        }
    }

    /// For the log.
    package var reason: String {
        switch self {
        case .answered(let status): "the answer was \(status)"
        case .noAnswer(let fault): fault.reason.description
        case .timedOut: "no answer in time"
        case .noRoom: "no room to ask"
        case .noBackend: "no backend is left"
        case .noService: "the table has no such service"
        }
    }
}

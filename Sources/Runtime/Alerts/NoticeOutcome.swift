/// What has come of one attempt to tell somebody of an alert.
package enum NoticeOutcome: Equatable, Sendable {
    /// An answer with this status.
    case answered(status: UInt16)
    /// No connection, or none that lasted to the head of an answer.
    case noAnswer
    case timedOut
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
        case .noAnswer, .timedOut, .noBackend, .noService: true
        }
    }

    /// For the log.
    package var reason: String {
        switch self {
        case .answered(let status): "the answer was \(status)"
        case .noAnswer: "no answer"
        case .timedOut: "no answer in time"
        case .noBackend: "no backend is left"
        case .noService: "the table has no such service"
        }
    }
}

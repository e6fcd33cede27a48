/// Who has stood in for a service that failed a request.
enum FallbackKind: UInt8, BitwiseCopyable {
    case none
    /// Another service.
    case service
    /// An answer of the service that was kept.
    case lastGood
    /// The answer that the configuration has for that.
    case answer

    /// For the log; empty for none.
    var name: StaticString {
        switch self {
        case .none: ""
        case .service: "service"
        case .lastGood: "last_good"
        case .answer: "answer"
        }
    }
}

import RouteTable

/// What stands in for the answer of a service that nobody could reach.
struct FallbackReply: BitwiseCopyable {
    enum Content: BitwiseCopyable {
        /// A kept answer of the service: the worker holds it.
        case lastGood
        /// An answer of the table, by its index; a request may be sent to a backend again after so long.
        case answer(UInt32, retryAfterSeconds: UInt32)
    }

    let content: Content
    let refusal: ServiceRefusal

    var kind: FallbackKind {
        switch content {
        case .lastGood: .lastGood
        case .answer: .answer
        }
    }
}

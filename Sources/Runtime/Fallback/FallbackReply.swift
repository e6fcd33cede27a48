import RouteTable

/// What stands in for the answer of a service that nobody could reach.
struct FallbackReply {
    enum Content {
        /// A kept answer of the service.
        case lastGood(KeptAnswer)
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

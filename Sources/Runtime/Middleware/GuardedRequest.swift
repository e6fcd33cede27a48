import RouteTable

/// A request on its way through its guards: where its head stands, and what matching said.
struct GuardedRequest: BitwiseCopyable {
    /// The client's connection.
    let slot: UInt32
    let head: RequestHead
    /// What was read ends here; the head stands at the start of the scratch buffer.
    let end: Int
    let outcome: MatchOutcome

    /// The route that took it.
    var route: RouteIndex? {
        switch outcome {
        case .forward(let route, _): route
        case .redirect(let route), .respond(let route): route
        case .notFound, .refused, .tooExpensive: nil
        }
    }
}

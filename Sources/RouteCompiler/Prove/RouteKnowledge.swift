/// What was proved about one route.
package enum RouteKnowledge: Equatable, Sendable {
    /// A request that the route was written for and the place of the route that takes it in the host's list.
    package struct Witness: Equatable, Sendable {
        package let request: ProofRequest
        package let winner: Int
    }

    /// The route takes this request.
    case reached(by: ProofRequest)
    /// Other routes take all of its requests.
    case shadowed([Witness])
    /// No request is as the route wants it.
    case impossible
    /// Nothing is known.
    case undecided
}

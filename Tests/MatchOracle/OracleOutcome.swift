/// What the oracle says about one request.
///
/// Routes are named by their place in the configuration, services by their index there.
package struct OracleOutcome: Equatable, Sendable {
    /// One route: the host rule and the route in it, as positions in the configuration's arrays.
    package struct Place: Equatable, Sendable {
        package var host: Int
        package var route: Int

        package init(host: Int, route: Int) {
            self.host = host
            self.route = route
        }
    }

    package enum Verdict: Equatable, Sendable {
        /// Any one of `services`: more than one where a route has weighted targets.
        case forward(route: Place?, services: [Int])
        case redirect(Place)
        case respond(Place)
        case notFound
        case refused
    }

    package var verdict: Verdict
    /// The path the upstream is sent; nil where nothing is forwarded or the rewritten path is
    /// refused.
    package var forwardPath: String?
    /// The value of Location; nil where nothing is redirected.
    package var location: String?
}

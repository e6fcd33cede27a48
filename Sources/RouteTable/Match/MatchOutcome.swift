/// What the table says about one request.
package enum MatchOutcome: BitwiseCopyable, Equatable, Sendable {
    /// Send it to a service. `route` is nil when the host's own `target` takes it; a route with weighted
    /// targets names one of them by the request's draw.
    case forward(route: RouteIndex?, service: ServiceIndex)
    /// Answer with the route's redirect.
    case redirect(RouteIndex)
    /// Answer with the route's own text.
    case respond(RouteIndex)
    /// No host, or no route of the host: 404.
    case notFound
    /// The request can't be matched safely: 400 with this reason.
    case refused(RequestRefusal)
    /// A pattern or the request's budget ran out: 503, never "no match".
    case tooExpensive
}

import RouteTable

/// An answer that the proxy gives by itself.
enum LocalAnswer {
    case error(HTTPStatus, StaticString, ExchangeFault)
    /// Nothing is left to send the request to.
    case unavailable(retryAfterSeconds: UInt32)
    /// A guard does not let the request pass.
    case refused(GuardRefusal)
    /// The route's own text.
    case response(RouteIndex)
    /// The matcher holds the location.
    case redirect(RouteIndex)
    /// What can be asked of the proxy itself: `OPTIONS *`.
    case options

    /// The route that answers, for the log.
    var route: RouteIndex? {
        switch self {
        case .error, .unavailable, .options: nil
        case .refused(let refusal): refusal.route
        case .response(let route), .redirect(let route): route
        }
    }

    var fault: ExchangeFault {
        switch self {
        case .error(_, _, let fault): fault
        case .unavailable: .upstreamUnavailable
        case .refused(let refusal): refusal.fault
        case .response, .redirect, .options: .none
        }
    }
}

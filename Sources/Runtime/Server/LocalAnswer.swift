import RouteTable

/// An answer that the proxy gives by itself.
enum LocalAnswer {
    case error(HTTPStatus, StaticString, ExchangeFault)
    /// The request asks for what is not done here, whatever its route.
    case unserved(HeadFault)
    /// The service can't take the request.
    case unavailable(ServiceRefusal, retryAfterSeconds: UInt32)
    /// The same, and something stands in for the service.
    case fallback(FallbackReply)
    /// A browser has asked whether a page may send a request; all that is said is in the fields that `cors`
    /// has asked for.
    case preflight(RouteIndex?)
    /// A guard does not let the request pass.
    case refused(GuardRefusal)
    /// A guard wants to know who asks, or does not like the answer.
    case unauthorized(AuthRefusal)
    /// What somebody else has answered who was asked whether the request may come in.
    case passedOn(PassedAnswer, RouteIndex?)
    /// As many streams as there may be are there.
    case tooManyStreams(StreamRefusal, RouteIndex?)
    /// No new streams: this process is about to end.
    case draining
    /// The route's own text.
    case response(RouteIndex)
    /// The matcher holds the location.
    case redirect(RouteIndex)
    /// What can be asked of the proxy itself: `OPTIONS *`.
    case options

    /// There is no room for the head with all that is added to it.
    static var tooLargeToForward: LocalAnswer {
        .error(
            .fieldsTooLarge, "the request head is too large to forward", .headTooLargeToForward)
    }

    /// The route that answers, for the log.
    var route: RouteIndex? {
        switch self {
        case .error, .unserved, .draining, .options: nil
        case .unavailable(let refusal, _): refusal.route
        case .tooManyStreams(_, let route): route
        case .fallback(let reply): reply.refusal.route
        case .preflight(let route): route
        case .refused(let refusal): refusal.route
        case .unauthorized(let refusal): refusal.route
        case .passedOn(_, let route): route
        case .response(let route), .redirect(let route): route
        }
    }

    /// The service that was to answer, for the log.
    var service: ServiceIndex? {
        switch self {
        case .unavailable(let refusal, _): refusal.service
        case .fallback(let reply): reply.refusal.service
        default: nil
        }
    }

    var fallback: FallbackKind {
        if case .fallback(let reply) = self { reply.kind } else { .none }
    }

    var fault: ExchangeFault {
        switch self {
        case .error(_, _, let fault): fault
        case .unserved(.contentTooLarge): .clientContentTooLarge
        case .unserved: .clientSentBadHead
        case .unavailable(let refusal, _): refusal.fault
        case .fallback(let reply): reply.refusal.fault
        case .refused(let refusal): refusal.fault
        case .unauthorized(let refusal): refusal.fault
        case .passedOn: .authRefusedByOther
        case .tooManyStreams(let refusal, _): ExchangeFault(refusal)
        case .draining: .draining
        case .response, .redirect, .preflight, .options: .none
        }
    }

    /// A few words for the log.
    var reason: StaticString {
        if case .unserved(let fault) = self { fault.reason } else { fault.reason }
    }
}

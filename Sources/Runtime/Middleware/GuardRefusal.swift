import RouteTable

/// Why a guard does not let a request pass.
struct GuardRefusal {
    var status: HTTPStatus
    /// Plain ASCII, for the client and for the log.
    var reason: StaticString
    var fault: ExchangeFault
    /// The route that took the request, for the log.
    var route: RouteIndex?
    var retryAfterSeconds: UInt32?
}

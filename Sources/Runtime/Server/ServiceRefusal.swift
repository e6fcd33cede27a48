import RouteTable

/// Why the service that a request was for does not take it.
struct ServiceRefusal: BitwiseCopyable {
    let service: ServiceIndex
    let route: RouteIndex?
    /// Nobody is left, or there are limits.
    var fault: ExchangeFault
}

/// What happens with a request that a route takes.
package enum RouteAction: Sendable {
    /// A service and its share of the requests.
    package struct WeightedService: Equatable, Sendable {
        /// Index of the service.
        package var service: Int
        /// 1 to 65,535.
        package var weight: UInt32

        package init(service: Int, weight: UInt32) {
            self.service = service
            self.weight = weight
        }
    }

    /// `target`, or `targets` with at least one member.
    case forward([WeightedService])
    case redirect(to: Template, status: UInt16)
    case respond(status: UInt16, body: String, contentType: String)
}

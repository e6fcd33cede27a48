/// One line of `expect`.
package struct Expectation: Equatable, Sendable {
    /// What must hold.
    package enum Demand: Equatable, Sendable {
        /// One service: it gets the request or is one of the weighted ones that may. Several: they
        /// are all that may.
        case service([String])
        /// The name of the route that takes the request, or its pattern.
        case route(String)
        /// All that run, in their order.
        case middlewares([String])
        /// The path that the upstream is sent, with or without the base path of the service's URLs.
        case path(String)
        /// One parameter of the patterns.
        case param(name: String, value: String)
        /// The status of the answer that the proxy makes itself.
        case status(UInt16)
        /// The Location of the redirect.
        case redirect(String)
    }

    package var demand: Demand
    package var place: RouteTest.Place

    package init(_ demand: Demand, at place: RouteTest.Place) {
        self.demand = demand
        self.place = place
    }

    /// The key in the file: `service`, `params.room`.
    package var key: String {
        switch demand {
        case .service: "service"
        case .route: "route"
        case .middlewares: "middlewares"
        case .path: "path"
        case .param(let name, _): "params.\(name)"
        case .status: "status"
        case .redirect: "redirect"
        }
    }

    /// What is expected, as text.
    package var expected: String {
        switch demand {
        case .service(let names): names.joined(separator: ", ")
        case .route(let text), .path(let text), .redirect(let text): text
        case .param(_, let value): value
        case .middlewares(let names): names.isEmpty ? "none" : names.joined(separator: ", ")
        case .status(let status): String(status)
        }
    }
}

/// What a list of routes shows of one.
package struct RouteSummary: Equatable, Sendable {
    /// Or its pattern where it has no name.
    package let name: String
    package let pattern: String
    package let file: String
    package let line: UInt32
    /// The services that it forwards to; none for a redirect or an answer of its own.
    package let services: [String]
}

extension LoadedTable {
    /// Cold: allocates.
    package func summary(of route: RouteIndex) -> RouteSummary {
        let description = routeDescription(Int(route.rawValue))
        var services: [String] = []
        if case .forward(let targets, _) = description.action {
            services = targets.map(\.service)
        }
        return RouteSummary(
            name: description.name ?? description.pattern, pattern: description.pattern,
            file: description.place.file, line: description.place.line, services: services)
    }
}

import RouteTable

extension RouteCoverage.Route {
    /// `chat: /ws/*`, or the pattern alone.
    var text: String { name.map { "\($0): \(pattern)" } ?? pattern }
}

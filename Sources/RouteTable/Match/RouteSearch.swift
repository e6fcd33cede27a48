/// The best route found so far.
struct RouteSearch {
    /// The routes of the host.
    let routes: Range<UInt32>
    /// Index of the best route; behind all routes while there is none.
    var best: UInt32
    /// The best route's conditions could not be decided. A better route may still win; no worse one may.
    var isTooExpensive = false

    init(firstRoute: UInt32, routeCount: UInt32) {
        routes = firstRoute..<(firstRoute + routeCount)
        best = routes.upperBound
    }

    var result: Search {
        if isTooExpensive { return .tooExpensive }
        return best == routes.upperBound ? .notFound : .found(best)
    }
}

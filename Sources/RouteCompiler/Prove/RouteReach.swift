/// What was found out about the requests of one route.
enum RouteReach {
    /// A request that a better route takes.
    struct Taken {
        let path: GenericPath
        let point: RequestPoint
        let client: UInt128?
        /// The rank of the route that takes it, regexes left aside.
        let rank: Int
    }

    /// No better route without a regex takes these requests.
    case reached(GenericPath, RequestPoint, client: UInt128?)
    /// Better routes take all of its requests. One request for each of them.
    case shadowed([Taken])
    /// No request is as the route wants it.
    case impossible(String)
    /// It would have cost too much to find out.
    case undecided
}

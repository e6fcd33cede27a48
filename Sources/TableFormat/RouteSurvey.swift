/// What one pass over the routes finds out for ``WorstCaseMeter``. The loader fills it while it checks them, for
/// reading all routes once more would take as long again.
struct RouteSurvey {
    /// One bit for each route: whether it is a regex. Runs name routes in no order, and the bits of all routes are
    /// nearer than the routes themselves.
    private var regexRoutes: [UInt64]
    /// Where the shapes of each host begin in what follows; in the table hosts share them.
    let firstShapes: [Int]
    /// By shape of a host: 1 if it has a route, and 1 if it has a regex.
    private(set) var shapeChecks: [UInt32]
    private(set) var shapeRegexes: [UInt32]
    /// Some route is found by its whole path.
    private(set) var hasExactPaths = false

    /// The shapes that the routes of one host are filed under, a bit for each: this stays in registers.
    struct HostShapes {
        fileprivate var used: UInt32 = 0
        fileprivate var withRegexes: UInt32 = 0
        fileprivate var hasExactPaths = false

        /// Routes that have no shape of the host, as of a regex space or trie, leave no bit.
        @inline(__always)
        fileprivate mutating func insert(_ route: RouteRecord) {
            let shape = route.shape
            let bit: UInt32 = shape < TableLimits.shapeCountMax ? 1 &<< UInt32(shape) : 0
            used |= bit
            if route.kind == RouteKind.regex.rawValue { withRegexes |= bit }
            if shape == RouteRecord.wholePath { hasExactPaths = true }
        }
    }

    /// Nothing is known of the routes yet. The shapes of each host have to be inside of their section.
    init(_ view: TableView) {
        regexRoutes = [UInt64](repeating: 0, count: (view.count(of: .routePlaces) + 63) / 64)
        var shapeCount = 0
        firstShapes = (0..<UInt32(view.count(of: .hosts))).map { index in
            defer { shapeCount += Int(view.host(index).shapeCount) }
            return shapeCount
        }
        shapeChecks = [UInt32](repeating: 0, count: shapeCount)
        shapeRegexes = shapeChecks
    }

    /// Reads all routes of a table whose hosts and routes make sense.
    init(reading view: TableView) {
        self.init(view)
        for number in 0..<UInt32(view.count(of: .hosts)) {
            let host = view.host(number)
            var shapes = HostShapes()
            for index in host.firstRoute..<(host.firstRoute + host.routeCount) {
                insert(view.route(index), index, filedUnder: &shapes)
            }
            insert(shapes, ofHost: number)
        }
    }

    /// Takes note of route `index`; what it says of its host's shapes goes into those, until
    /// ``insert(_:ofHost:)`` takes note of all.
    @inline(__always)
    mutating func insert(
        _ route: RouteRecord, _ index: UInt32, filedUnder shapes: inout HostShapes
    ) {
        shapes.insert(route)
        guard route.kind == RouteKind.regex.rawValue else { return }
        regexRoutes[Int(index / 64)] |= 1 << UInt64(index % 64)
    }

    /// Takes note of all routes of host `number`.
    mutating func insert(_ shapes: HostShapes, ofHost number: UInt32) {
        if shapes.hasExactPaths { hasExactPaths = true }
        let first = firstShapes[Int(number)]
        var left = shapes.used
        while left != 0 {
            let shape = left.trailingZeroBitCount
            left &= left - 1
            shapeChecks[first + shape] = 1
            shapeRegexes[first + shape] = shapes.withRegexes &>> UInt32(shape) & 1
        }
    }

    /// How many of the candidates of a run are regexes.
    func regexCount(in run: CandidateRun, of view: TableView) -> UInt32 {
        var count: UInt32 = 0
        for position in 0..<run.count {
            let route = Int(view.candidate(run, at: position))
            count += UInt32(truncatingIfNeeded: regexRoutes[route / 64] &>> UInt64(route % 64) & 1)
        }
        return count
    }
}

import TableFormat

/// Which routes of a table requests reached, and which outcomes of their conditions they saw.
package struct RouteCoverage: ~Copyable {
    /// A route that no request reached.
    package struct Route: Equatable, Sendable {
        package var name: String?
        package var pattern: String
        package var place: Explanation.Place
    }

    /// One of the two outcomes of a condition that no request saw.
    package struct Outcome: Equatable, Sendable {
        package var route: Route
        /// `header x-env = beta`
        package var condition: String
        /// Whether it is the holding or the failing that was not seen.
        package var holds: Bool
    }

    private static let held: UInt8 = 1
    private static let failed: UInt8 = 2

    private var matcher: Matcher
    private var isReached: [Bool]
    /// For each condition of each route, the outcomes seen.
    private var outcomes: [[UInt8]] = []
    /// Routes with conditions, for each host.
    private var conditionedRoutes: [[Int]] = []

    package init(of table: borrowing LoadedTable) {
        matcher = Matcher(for: table)
        isReached = [Bool](repeating: false, count: table.routeCount)
        for index in 0..<table.routeCount {
            let route = table.route(index)
            outcomes.append([UInt8](repeating: 0, count: Int(route.conditionCount)))
        }
        for index in 0..<table.hostCount {
            let host: HostRecord = table.record(index, of: .hosts)
            let first = Int(host.firstRoute)
            conditionedRoutes.append(
                (first..<(first + Int(host.routeCount))).filter { !outcomes[$0].isEmpty })
        }
    }

    /// Notes what one request sees.
    ///
    /// A condition has an outcome where the request's path fits its route and no better route took
    /// the request before.
    ///
    /// - Complexity: O(*n*) for *n* routes of the host with conditions, and one match.
    package mutating func record(_ request: DescribedRequest, in table: borrowing LoadedTable) {
        guard request.refusedHandshake == nil else { return }
        let head = DescribedHead(request)
        let fields = head.fields
        let view = head.view(fields: fields.span)
        let outcome = matcher.match(view, in: table, draw: 0)
        let winner = outcome.route.map { Int($0.rawValue) }
        if let winner { isReached[winner] = true }
        guard let hostIndex = matcher.hostRuleIndex(), outcome != .tooExpensive else { return }
        // Routes are in order of precedence; those behind the winner decided nothing.
        for index in conditionedRoutes[hostIndex] {
            if let winner, index > winner { break }
            switch matcher.check(index, view, in: table) {
            case .takes: note(Self.held, upTo: outcomes[index].count, of: index)
            case .unmetCondition(let position):
                note(Self.held, upTo: position, of: index)
                outcomes[index][position] |= Self.failed
            case .otherPath, .tooExpensive: break
            }
        }
    }

    private mutating func note(_ outcome: UInt8, upTo count: Int, of route: Int) {
        for position in 0..<count { outcomes[route][position] |= outcome }
    }

    package var routeCount: Int { isReached.count }

    package var reachedRouteCount: Int { isReached.count { $0 } }

    /// Two for each condition of each route: it holds, it fails.
    package var outcomeCount: Int { outcomes.reduce(0) { $0 + $1.count * 2 } }

    package var seenOutcomeCount: Int {
        outcomes.reduce(0) { sum, conditions in
            sum + conditions.reduce(0) { $0 + $1.nonzeroBitCount }
        }
    }

    /// In the order of the table: by host, best route first.
    package func unreachedRoutes(in table: borrowing LoadedTable) -> [Route] {
        var routes: [Route] = []
        for index in isReached.indices where !isReached[index] {
            routes.append(Self.route(index, in: table))
        }
        return routes
    }

    /// In the order of the table, the holding of a condition before its failing.
    package func unseenOutcomes(in table: borrowing LoadedTable) -> [Outcome] {
        var unseen: [Outcome] = []
        for (index, conditions) in outcomes.enumerated() where !conditions.isEmpty {
            let route = Self.route(index, in: table)
            let descriptions = table.routeDescription(index).conditions
            for (seen, description) in zip(conditions, descriptions) {
                for (bit, holds) in [(Self.held, true), (Self.failed, false)]
                where seen & bit == 0 {
                    unseen.append(
                        Outcome(route: route, condition: description.text, holds: holds))
                }
            }
        }
        return unseen
    }

    static func route(_ index: Int, in table: borrowing LoadedTable) -> Route {
        let source: RouteSourceRecord = table.record(index, of: .routeSources)
        let name = table.details(of: source).name
        return Route(
            name: name.isNone ? nil : table.string(name),
            pattern: table.string(source.pattern),
            place: table.place(file: UInt32(source.file), line: source.line))
    }
}

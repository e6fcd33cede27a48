import Diagnostics

/// What is captured of the requests that may end up at a service.
struct CaptureReach {
    /// The ways that begin at one service or one `dynamic_route`, or those that lead to a service.
    struct Ways {
        /// How many came before the first.
        fileprivate let order: Int
        /// The first of them.
        let place: SourceRange
        /// Some of what they capture, as many as are shown.
        fileprivate(set) var names: Set<String> = []
        /// Whether any is a route, and not the `target` of a host.
        fileprivate(set) var haveRoute = false

        /// More than anybody compares.
        private static let namesMax = 64

        fileprivate init(order: Int, place: SourceRange) {
            self.order = order
            self.place = place
        }

        fileprivate mutating func note(_ others: some Sequence<String>, ofRoute isRoute: Bool) {
            for name in others where names.count < Self.namesMax { names.insert(name) }
            if isRoute { haveRoute = true }
        }
    }

    private let lines: FallbackLines
    /// By middleware: what it may pick.
    private let picks: [FallbackLines.Reach]
    /// By name: the services from which requests with such a capture start out, and the middlewares that pick for them.
    private var takers: [String: (services: FallbackLines.Reach, pickers: [Int])] = [:]
    private var waysByService: [Int: Ways] = [:]
    private var waysByPicker: [Int: Ways] = [:]

    /// - Parameter wanted: The names that are asked about.
    init(of wanted: Set<String>, in configuration: Configuration) {
        let lines = FallbackLines(of: configuration.services)
        self.lines = lines
        let picks = RequestWay.picks(in: configuration)
        self.picks = picks.map { FallbackLines.Reach(from: $0, along: lines) }
        var services: [String: Set<Int>] = [:]
        var pickers: [String: Set<Int>] = [:]
        var reader = CaptureReader()
        var count = 0
        RequestWay.each(in: configuration) { way in
            let names = reader.names(of: way)
            let picking = way.chain.filter { !picks[$0].isEmpty }
            let first = Ways(
                order: count, place: way.route?.pattern.range ?? way.host.pattern.range)
            count += 1
            for service in way.targets {
                waysByService[service, default: first].note(names, ofRoute: way.route != nil)
            }
            for picker in picking {
                waysByPicker[picker, default: first].note(names, ofRoute: way.route != nil)
            }
            for name in names where wanted.contains(name) {
                services[name, default: []].formUnion(way.targets)
                pickers[name, default: []].formUnion(picking)
            }
        }
        takers = services.mapValues { (FallbackLines.Reach(from: $0, along: lines), []) }
        for (name, found) in pickers { takers[name]?.pickers = found.sorted() }
    }

    /// Whether one of the ways to a service takes a capture.
    func isTaken(_ name: String, for service: Int) -> Bool {
        guard let takers = takers[name] else { return false }
        return takers.services.contains(service)
            || takers.pickers.contains { picks[$0].contains(service) }
    }

    /// nil if nothing leads to the service.
    func ways(to service: Int) -> Ways? {
        var found = lines.starts(leadingTo: service).compactMap { waysByService[$0] }
        for (picker, ways) in waysByPicker where picks[picker].contains(service) {
            found.append(ways)
        }
        guard var all = found.min(by: { $0.order < $1.order }) else { return nil }
        for ways in found { all.note(ways.names.sorted(), ofRoute: ways.haveRoute) }
        return all
    }
}

/// Reads the names that patterns capture.
private struct CaptureReader {
    /// Of the last host, whose routes come one after the other.
    private var hostNames: (source: String, ignoresCase: Bool, names: [String])?

    /// The names that a route and its host capture; for the `target` of a host nothing is captured.
    mutating func names(of way: RequestWay) -> [String] {
        guard let route = way.route else { return [] }
        var names = route.pattern.value.segmentNames
        if case .regex(let source, let ignoresCase) = route.pattern.value {
            names += Self.groupNames(of: source, ignoresCase: ignoresCase)
        }
        guard case .regex(let source, let ignoresCase) = way.host.pattern.value else {
            return names
        }
        if let hostNames, hostNames.source == source, hostNames.ignoresCase == ignoresCase {
            return names + hostNames.names
        }
        let found = Self.groupNames(of: source, ignoresCase: ignoresCase)
        hostNames = (source, ignoresCase, found)
        return names + found
    }

    /// A pattern that can't be compiled was an error.
    private static func groupNames(of source: String, ignoresCase: Bool) -> [String] {
        (try? RegexCheck.groupNames(of: source, ignoresCase: ignoresCase)) ?? []
    }
}

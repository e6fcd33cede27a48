import Diagnostics
import Validate

/// Proofs about all routes of a configuration, and what there is to say about them.
struct RouteProofs {
    private let configuration: Configuration
    private let hosts: [LoweredHost]
    private let regexes: [CompiledRegex]
    private var names: HostNames
    private var errors = DiagnosticSink()
    private var warnings = DiagnosticSink()
    private var remarks = DiagnosticSink()

    init(_ hosts: [LoweredHost], regexes: [CompiledRegex], configuration: Configuration) {
        self.hosts = hosts
        self.regexes = regexes
        self.configuration = configuration
        names = HostNames(hosts, regexes: regexes, configuration: configuration)
    }

    /// All findings. Where there are too many, those that matter less are left out.
    mutating func findings() -> ProofFindings {
        var costs = CostlyRegexAdvice(configuration.settings)
        for (index, host) in hosts.enumerated() {
            // Without the order of the routes nothing is known about who comes first.
            let isRanked = !host.rule.unknown.contains(.order)
            let impossible = isRanked ? proveReach(of: host, at: index) : []
            if isRanked { TiedRoutes.check(host, into: &warnings) }
            RegexAdvice.check(
                host, impossible: impossible, settings: configuration.settings,
                warnings: &warnings, remarks: &remarks)
            costs.check(host, into: &warnings)
        }
        costs.check(configuration.middlewares, into: &warnings)
        DialectNotes.check(hosts, of: configuration, into: &remarks)
        var all = DiagnosticSink()
        for sink in [errors, warnings, remarks] {
            for diagnostic in sink.ordered() { all.add(diagnostic) }
        }
        return ProofFindings(
            diagnostics: all.ordered(),
            omittedCount: all.omittedCount
                + [errors, warnings, remarks].reduce(0) { $0 + $1.omittedCount })
    }

    /// - Returns: The ranks of the routes that no request can be for.
    private mutating func proveReach(of host: LoweredHost, at index: Int) -> Set<Int> {
        guard !host.routes.isEmpty else { return [] }
        var impossible: Set<Int> = []
        var proved = ProvedHost(host, regexes: regexes, configuration: configuration)
        var isNamed = false
        for rank in host.routes.indices {
            switch proved.reach(of: rank) {
            case .reached, .undecided: break
            case .impossible(let reason):
                impossible.insert(rank)
                warnings.warning(
                    .impossibleRoute, at: host.routes[rank].rule.pattern.range,
                    "no request reaches this route: \(reason)")
            case .shadowed(let taken):
                if !isNamed { proved.name = names.name(of: index) }
                isNamed = true
                let report = ShadowReport.make(rank, taken, of: &proved)
                if report.severity == .error { errors.add(report) } else { warnings.add(report) }
            }
        }
        return impossible
    }
}

extension RouteProofs {
    /// What is known about each route, by host and place in its list, for tests.
    mutating func knowledge() -> [[RouteKnowledge]] {
        hosts.indices.map { index in
            var host = ProvedHost(hosts[index], regexes: regexes, configuration: configuration)
            host.name = names.name(of: index)
            var result = [RouteKnowledge](
                repeating: .undecided, count: hosts[index].routes.count)
            for (rank, route) in hosts[index].routes.enumerated() {
                result[route.declaredPosition] = Self.knowledge(of: rank, in: &host)
            }
            return result
        }
    }

    private static func knowledge(of rank: Int, in host: inout ProvedHost) -> RouteKnowledge {
        switch host.reach(of: rank) {
        case .reached(let path, let point, let client):
            let request = host.request(ofRoute: rank, path, point, client: client)
            return request.map { .reached(by: $0) } ?? .undecided
        case .impossible: return .impossible
        case .undecided: return .undecided
        case .shadowed(let taken):
            return .shadowed(
                taken.compactMap { host.witness($0, ofRoute: rank) }.map { found in
                    RouteKnowledge.Witness(
                        request: found.request,
                        winner: host.host.routes[found.winner].declaredPosition)
                })
        }
    }
}

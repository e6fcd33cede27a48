import Diagnostics
import TableFormat
import Validate

extension TableEmitter {
    /// Routes that a message names.
    private static let namedCountMax = 3

    /// Says which host and which of its routes make a request cost too much.
    func problem(
        _ excess: WorstCaseCeilings.Excess, _ worstCase: WorstCase,
        _ heaviest: WorstCaseMeter.HeaviestHosts
    ) -> CompileProblem {
        if excess.kind == .regexCandidates, worstCase.hostRegexes >= worstCase.routeRegexes {
            return problem(ofHostRegexes: excess)
        }
        let index: UInt32
        switch excess.kind {
        case .regexCandidates: index = heaviest.regexes
        case .probes: index = heaviest.probes
        case .checks: index = heaviest.checks
        case .scannedStates: index = .none
        }
        guard index < hosts.count else {
            return CompileProblem(
                .tooExpensive(excess, where: "Give regexes a literal beginning or end"), at: nil)
        }
        let host = hosts[Int(index)]
        let count = host.routes.count == 1 ? "1 route" : "\(host.routes.count) routes"
        let name = "The host `\(host.rule.patternText)` costs most (\(count))"
        return CompileProblem(
            .tooExpensive(excess, where: "\(name)\(commonest(ofHost: Int(index)))"),
            at: host.rule.pattern.range)
    }

    /// Regexes that nothing tells apart before they are run come first.
    private func commonest(ofHost index: Int) -> String {
        var texts: [String] = []
        var count = 0
        for (route, filing) in zip(hosts[index].routes, routeFilings[index]) {
            guard case .regex = route.pattern, filing.isRarelySelective else { continue }
            count += 1
            if texts.count < Self.namedCountMax {
                let line = route.rule.pattern.range.start.line
                texts.append("`\(route.rule.patternText)` (line \(line))")
            }
        }
        guard count > 0 else { return "" }
        let more = count > texts.count ? " and \(count - texts.count) more" : ""
        return "; begin or end its regexes with text of their own: "
            + texts.joined(separator: ", ") + more
    }

    private func problem(ofHostRegexes excess: WorstCaseCeilings.Excess) -> CompileProblem {
        let all = hosts.filter { $0.regex != nil }
        let names = all.prefix(Self.namedCountMax).map { host in
            "`\(host.rule.patternText)` (line \(host.rule.pattern.range.start.line))"
        }
        let more = all.count > names.count ? " and \(all.count - names.count) more" : ""
        return CompileProblem(
            .tooExpensive(
                excess,
                where: "End the regexes of hosts with text of their own: "
                    + names.joined(separator: ", ") + more),
            at: all.first?.rule.pattern.range)
    }
}

extension Filing {
    /// Whether one request may bring up many regexes that are filed so.
    fileprivate var isRarelySelective: Bool {
        switch self {
        case .unfiltered, .inner: true
        case .shape(let shape): !shape.isSelective
        case .exact, .affix: false
        }
    }
}
